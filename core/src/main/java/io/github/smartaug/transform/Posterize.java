package io.github.smartaug.transform;

import io.github.smartaug.tensor.Scope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;

/**
 * Keeps the highest bits of each of the 256 grey levels; the value is their number, truncated to an
 * integer from 0 to 8. Levels are {@code trunc(255 x)}.
 *
 * <p>The result has no gradient, neither to the images nor to the value.
 */
record Posterize() implements Transform {
  private static final int BITS = 8;
  private static final int WHITE = (1 << BITS) - 1;

  @Override
  public Tensor apply(Tensor images, Tensor values) {
    PerImage.check(values, images);
    try (Scope scope = Scope.open()) {
      Tensor step = steps(values.detach()).view(-1, 1, 1, 1);
      Tensor levels = images.detach().mul(new Scalar(WHITE)).trunc();
      return scope.keep(levels.div(step).floor().mul(step).div(new Scalar(WHITE)));
    }
  }

  /** Distance of two levels that can be told apart, {@code 2^(8 - bits)}. */
  private static Tensor steps(Tensor values) {
    Tensor bits =
        values
            .trunc()
            .clamp(new ScalarOptional(new Scalar(0)), new ScalarOptional(new Scalar(BITS)));
    // Rounded, because exp2 of an integer may miss the power of two by a rounding error.
    return bits.neg().add(new Scalar(BITS)).exp2().round();
  }

  @Override
  public GradientKind gradientKind() {
    return GradientKind.NONE;
  }

  @Override
  public ValueDomain valueDomain() {
    return ValueDomain.between(0, BITS, ValueUnit.BITS);
  }
}
