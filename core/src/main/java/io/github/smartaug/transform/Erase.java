package io.github.smartaug.transform;

import io.github.smartaug.tensor.TensorScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;

/**
 * Fills a rectangle of each image with uniform noise; the value v is the side in pixels of the
 * square of the same area. The rectangle is {@code v sqrt(r)} wide and {@code v / sqrt(r)} high,
 * its ratio r between 0.3 and 1 / 0.3, its logarithm drawn uniformly; no side is longer than the
 * image's. It lies anywhere inside the image.
 *
 * <p>Value: pixels, at least 0; 0 changes nothing.
 *
 * @param gradientKind how the edge is drawn and differentiated, as {@link RectangleMask} says
 * @see <a href="https://arxiv.org/abs/1708.04896">Zhong et al., Random erasing data
 *     augmentation</a>
 */
public record Erase(GradientKind gradientKind) implements SeededTransform {
  private static final double LARGEST_RATIO = 1 / 0.3;

  /** With a hard edge and the straight-through gradient. */
  public Erase() {
    this(GradientKind.STRAIGHT_THROUGH);
  }

  /** With a soft edge and an exact gradient. */
  public static Erase soft() {
    return new Erase(GradientKind.EXACT);
  }

  @Override
  public Tensor apply(Tensor images, Tensor values, long[] seeds) {
    PerImage.check(values, images);
    Seeds.check(seeds, images);
    long height = images.size(2);
    long width = images.size(3);
    try (TensorScope scope = TensorScope.open()) {
      Tensor drawn = Seeds.uniforms(seeds, 3, images);
      Tensor exponent = drawn.select(0, 2).sub(new Scalar(0.5));
      Tensor stretch = exponent.mul(new Scalar(Math.log(LARGEST_RATIO))).exp();
      RectangleMask rectangle =
          new RectangleMask(
              inside(width, values.mul(stretch), drawn.select(0, 0)),
              inside(height, values.div(stretch), drawn.select(0, 1)));
      Tensor mask = rectangle.pixels(height, width, gradientKind);
      return scope.keep(images.lerp(NoiseField.uniform(seeds, images), mask));
    }
  }

  /** The interval of that length, or the longest that fits, at that part of the way across. */
  private static Interval inside(long size, Tensor length, Tensor part) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor fitting =
          length.clamp(new ScalarOptional(new Scalar(0)), new ScalarOptional(new Scalar(size)));
      Tensor start = fitting.neg().add(new Scalar(size)).mul(part);
      return new Interval(scope.keep(start), scope.keep(start.add(fitting)));
    }
  }

  @Override
  public ValueRange allowedValues() {
    return ValueRange.NOT_NEGATIVE;
  }

  @Override
  public Transform withoutStraightThrough() {
    return gradientKind == GradientKind.EXACT ? this : new Erase(GradientKind.NONE);
  }

  @Override
  public ValueUnit unit() {
    return ValueUnit.PIXELS;
  }
}
