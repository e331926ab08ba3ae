package io.github.smartaug.meta;

import io.github.smartaug.tensor.NamedTensors;

/** Approximates a product with the inverse of the inner loss' Hessian. */
@FunctionalInterface
interface InverseHessian {
  /**
   * Approximately {@code H^-1 vector}.
   *
   * @param point whose Hessian it is
   * @return in the caller's scope
   */
  NamedTensors times(NamedTensors vector, StationaryPoint point);
}
