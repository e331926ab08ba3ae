package io.github.smartaug.transform;

import io.github.smartaug.tensor.TensorScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The interval from 0 to 1, in which pixels are. */
final class PixelRange {
  private static final double BELOW_ZERO = -1e-30;
  private static final double ABOVE_ONE = Math.nextUp(1f);

  private PixelRange() {}

  /**
   * Clamps into the interval; the gradient is 1 inside, limits included, and 0 outside.
   *
   * @param values may be overwritten
   */
  static Tensor clamp(Tensor values) {
    try (TensorScope scope = TensorScope.open()) {
      if (!values.requires_grad()) {
        return scope.keep(inPlace(values));
      }
      // The derivative of hardtanh is several times as fast as that of clamp, but excludes the
      // limits: they are moved out by the smallest step, and the result is put right behind it.
      Tensor clamped = torch.hardtanh(values, new Scalar(BELOW_ZERO), new Scalar(ABOVE_ONE));
      inPlace(clamped.detach());
      return scope.keep(clamped);
    }
  }

  /**
   * Takes away by how much rounding passed the limits; the gradient is that of the values as they
   * were.
   *
   * @param values overwritten; not needed by the derivative of what made them
   * @return the values
   */
  static Tensor trimmed(Tensor values) {
    inPlace(values.detach());
    return values;
  }

  private static Tensor inPlace(Tensor values) {
    return values.clamp_(new ScalarOptional(new Scalar(0)), new ScalarOptional(new Scalar(1)));
  }
}
