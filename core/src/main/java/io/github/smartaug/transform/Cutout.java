package io.github.smartaug.transform;

import io.github.smartaug.tensor.TensorScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Cuts a black square out of each image; the value is its side in pixels, its centre is drawn from
 * the whole image, and what lies outside the image is lost.
 *
 * <p>Value: pixels, at least 0; 0 changes nothing.
 *
 * @param gradientKind how the edge is drawn and differentiated, as {@link RectangleMask} says
 * @see <a href="https://arxiv.org/abs/1708.04552">DeVries and Taylor, Improved regularization of
 *     convolutional neural networks with cutout</a>
 */
public record Cutout(GradientKind gradientKind) implements SeededTransform {
  /** With a hard edge and the straight-through gradient. */
  public Cutout() {
    this(GradientKind.STRAIGHT_THROUGH);
  }

  /** With a soft edge and an exact gradient. */
  public static Cutout soft() {
    return new Cutout(GradientKind.EXACT);
  }

  @Override
  public Tensor apply(Tensor images, Tensor values, long[] seeds) {
    PerImage.check(values, images);
    Seeds.check(seeds, images);
    long height = images.size(2);
    long width = images.size(3);
    try (TensorScope scope = TensorScope.open()) {
      Tensor drawn = Seeds.uniforms(seeds, 2, images);
      RectangleMask hole =
          new RectangleMask(
              Interval.around(drawn.select(0, 0).mul(new Scalar(width)), values),
              Interval.around(drawn.select(0, 1).mul(new Scalar(height)), values));
      Tensor left = hole.pixels(height, width, gradientKind).neg().add(new Scalar(1));
      return scope.keep(images.mul(left));
    }
  }

  @Override
  public ValueRange allowedValues() {
    return ValueRange.NOT_NEGATIVE;
  }

  @Override
  public Transform withoutStraightThrough() {
    return gradientKind == GradientKind.EXACT ? this : new Cutout(GradientKind.NONE);
  }

  @Override
  public ValueUnit unit() {
    return ValueUnit.PIXELS;
  }
}
