package io.github.smartaug.transform;

import io.github.smartaug.tensor.Scope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;

/**
 * Keeps the highest bits of each of the 256 grey levels; the value is their number, truncated to an
 * integer from 0 to 8. Levels are {@code trunc(255 x)}.
 *
 * <p>With q(n) the image of n bits, the straight-through gradient to the value v is that of the
 * linear interpolation between neighbouring depths, {@code (1 - v + n) q(n) + (v - n) q(n + 1)}
 * with {@code n = trunc(v)}: {@code q(n + 1) - q(n)}, what the next bit would bring to each pixel.
 * The one to the images is 1. Without straight-through there is no gradient to either.
 */
record Posterize(GradientKind gradientKind) implements Transform {
  private static final int BITS = 8;
  private static final int WHITE = (1 << BITS) - 1;

  @Override
  public Tensor apply(Tensor images, Tensor values) {
    Tensor bits = PerImage.broadcast(values, images);
    try (Scope scope = Scope.open()) {
      Tensor levels = images.detach().mul(new Scalar(WHITE)).trunc();
      Tensor kept =
          bits.detach()
              .trunc()
              .clamp(new ScalarOptional(new Scalar(0)), new ScalarOptional(new Scalar(BITS)));
      Tensor result = posterized(levels, kept);
      if (gradientKind == GradientKind.NONE) {
        return scope.keep(result);
      }
      if (StraightThrough.wanted(values)) {
        Tensor finer = posterized(levels, kept.add(new Scalar(1)));
        result = StraightThrough.slope(result, bits, finer.sub(result));
      }
      return scope.keep(StraightThrough.identity(result, images));
    }
  }

  private static Tensor posterized(Tensor levels, Tensor bits) {
    try (Scope scope = Scope.open()) {
      // Rounded, because exp2 of an integer may miss the power of two by a rounding error. Half a
      // level, beyond the last bit, is left as it is: there every level stays.
      Tensor step = bits.neg().add(new Scalar(BITS)).exp2().round().clamp_min(new Scalar(1));
      return scope.keep(levels.div(step).floor().mul(step).div(new Scalar(WHITE)));
    }
  }

  @Override
  public ValueRange allowedValues() {
    return ValueRange.between(0, BITS);
  }

  @Override
  public Transform withoutStraightThrough() {
    return new Posterize(GradientKind.NONE);
  }

  @Override
  public ValueUnit unit() {
    return ValueUnit.BITS;
  }
}
