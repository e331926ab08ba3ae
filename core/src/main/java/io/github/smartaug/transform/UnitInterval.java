package io.github.smartaug.transform;

import io.github.smartaug.tensor.Scope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;

/** The interval from 0 to 1, in which pixels are. */
final class UnitInterval {
  private UnitInterval() {}

  /** Clamps into the interval; the gradient is 1 inside, limits included, and 0 outside. */
  static Tensor clamp(Tensor values) {
    try (Scope scope = Scope.open()) {
      return scope.keep(
          values.clamp(new ScalarOptional(new Scalar(0)), new ScalarOptional(new Scalar(1))));
    }
  }
}
