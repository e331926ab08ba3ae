package io.github.smartaug.transform;

import io.github.smartaug.tensor.TensorScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;

/**
 * Keeps the highest bits of each of the 256 grey levels; the value is their number, truncated to an
 * integer from 0 to 8. Levels are {@code trunc(255 x)}, where x may be short of a level by {@link
 * Levels#TOLERANCE}.
 *
 * <p>With q(n) the image of n bits, the straight-through gradient to the value v is that of the
 * linear interpolation between neighbouring depths, {@code (1 - v + n) q(n) + (v - n) q(n + 1)}
 * with {@code n = trunc(v)}: {@code q(n + 1) - q(n)}, what the next bit would bring to each pixel.
 * The one to the images is 1. Without straight-through there is no gradient to either.
 *
 * <p>Value: bits, 0 to 8.
 *
 * @param gradientKind straight-through, or none
 */
public record Posterize(GradientKind gradientKind) implements Transform {
  private static final int BITS = 8;

  /**
   * Checks the gradient.
   *
   * @throws IllegalArgumentException if it is {@link GradientKind#EXACT}, which there is not
   */
  public Posterize {
    StraightThrough.require(gradientKind);
  }

  /** With the straight-through gradient. */
  public Posterize() {
    this(GradientKind.STRAIGHT_THROUGH);
  }

  @Override
  public Tensor apply(Tensor images, Tensor values) {
    Tensor bits = PerImage.broadcast(values, images);
    boolean differentiable = gradientKind != GradientKind.NONE;
    try (TensorScope scope = TensorScope.open()) {
      Tensor step = step(bits.detach());
      // Its gradient goes to the images as it comes, whatever becomes of its values.
      Tensor result = differentiable ? images.clone() : images.detach().clone();
      Tensor pixels = result.detach();
      // In steps, not levels: exact, because a step is a power of two.
      pixels
          .add_(new Scalar(Levels.TOLERANCE))
          .mul_(step.reciprocal().mul_(new Scalar(Levels.WHITE)));
      Tensor nextBit = differentiable && StraightThrough.wanted(values) ? upperHalf(pixels) : null;
      pixels.floor_().mul_(step).div_(new Scalar(Levels.WHITE));
      return scope.keep(
          nextBit == null
              ? result
              : StraightThrough.slope(result, bits.mul(weightOfNextBit(step)), nextBit));
    }
  }

  /** Levels that become one, {@code 2^(8 - n)}. */
  private static Tensor step(Tensor bits) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor kept =
          bits.trunc()
              .clamp_(new ScalarOptional(new Scalar(0)), new ScalarOptional(new Scalar(BITS)));
      // Rounded, because exp2 of an integer may miss the power of two by a rounding error.
      return scope.keep(kept.neg_().add_(new Scalar(BITS)).exp2_().round_());
    }
  }

  /** 1 where the fraction is at least a half, else 0. */
  private static Tensor upperHalf(Tensor steps) {
    try (TensorScope scope = TensorScope.open()) {
      return scope.keep(steps.frac().add_(new Scalar(0.5)).floor_());
    }
  }

  /** Half a step; nothing if the step is one level, which has no next bit. */
  private static Tensor weightOfNextBit(Tensor step) {
    try (TensorScope scope = TensorScope.open()) {
      return scope.keep(step.mul(new Scalar(0.5)).floor_().div_(new Scalar(Levels.WHITE)));
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
