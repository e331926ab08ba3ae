package io.github.smartaug.optim;

import io.github.smartaug.tensor.NamedTensors;

/**
 * Changes gradients before the optimizer gets them: clips or scales them, freezes a layer, adds
 * noise. It is part of the inner step, so hypergradients take it into account.
 */
@FunctionalInterface
public interface GradientCallback {
  /**
   * Changes gradients.
   *
   * @param gradients by the names of their parameters
   * @return new tensors of the same names and shapes, differentiable functions of the given ones,
   *     in the caller's scope
   */
  NamedTensors apply(NamedTensors gradients);
}
