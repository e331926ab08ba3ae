package io.github.smartaug.transform;

import io.github.smartaug.tensor.TensorScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Gives every channel a histogram as flat as its 256 grey levels allow; a channel of one level, or
 * of fewer than 256 pixels apart from its brightest level, stays as it is. PIL's {@code
 * ImageOps.equalize}, level by level. Levels are {@code round(255 x)}, and numbers half-way between
 * two go up even if they are short of it by {@link Levels#TOLERANCE}, so that rounding errors of
 * earlier transforms do not split an even area in two.
 *
 * <p>The result is constant almost everywhere; the straight-through gradient to the images is 1.
 *
 * <p>Takes no value.
 *
 * @param gradientOfImages straight-through, or none
 */
public record Equalize(GradientKind gradientOfImages) implements ValuelessTransform {
  private static final double TO_NEAREST = 0.5 / Levels.WHITE + Levels.TOLERANCE;

  /**
   * Checks the gradient.
   *
   * @throws IllegalArgumentException if it is {@link GradientKind#EXACT}, which there is not
   */
  public Equalize {
    StraightThrough.require(gradientOfImages);
  }

  /** With the straight-through gradient. */
  public Equalize() {
    this(GradientKind.STRAIGHT_THROUGH);
  }

  @Override
  public Tensor apply(Tensor images, Tensor values) {
    PerImage.check(images);
    try (TensorScope scope = TensorScope.open()) {
      Tensor plain = images.detach();
      Tensor channels = plain.flatten(2, 3).flatten(0, 1);
      Tensor levels =
          channels
              .add(new Scalar(TO_NEAREST))
              .mul_(new Scalar(Levels.WHITE))
              .floor_()
              .clamp_(
                  new ScalarOptional(new Scalar(0)), new ScalarOptional(new Scalar(Levels.WHITE)))
              .to(ScalarType.Long);
      Tensor histogram = histogram(levels);
      Tensor step = step(histogram, levels);
      Tensor mapped = table(histogram, step).gather(1, levels).to(images.scalar_type());
      Tensor equalized =
          torch.where(step.eq(new Scalar(0)), channels, mapped.div(new Scalar(Levels.WHITE)));
      Tensor result = equalized.view_as(plain);
      return scope.keep(
          gradientOfImages == GradientKind.NONE
              ? result
              : StraightThrough.identity(result, images));
    }
  }

  /** Number of pixels by level, [channels,256]. */
  private static Tensor histogram(Tensor levels) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor zeros = torch.zeros(new long[] {levels.size(0), Levels.COUNT}, levels.options());
      return scope.keep(zeros.scatter_add(1, levels, torch.ones_like(levels)));
    }
  }

  /** Pixels per level of a flat histogram, not counting the brightest level, [channels,1]. */
  private static Tensor step(Tensor histogram, Tensor levels) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor brightest = histogram.gather(1, levels.amax(new long[] {1}, true));
      long pixels = levels.size(1);
      return scope.keep(
          brightest.neg().add(new Scalar(pixels)).floor_divide(new Scalar(Levels.WHITE)));
    }
  }

  /** The new level of each level, [channels,256]. */
  private static Tensor table(Tensor histogram, Tensor step) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor darker = histogram.cumsum(1).sub(histogram);
      Tensor half = step.floor_divide(new Scalar(2));
      Tensor usable = step.clamp_min(new Scalar(1));
      return scope.keep(darker.add(half).floor_divide(usable).clamp_max(new Scalar(Levels.WHITE)));
    }
  }

  @Override
  public Transform withoutStraightThrough() {
    return new Equalize(GradientKind.NONE);
  }
}
