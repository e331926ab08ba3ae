package io.github.smartaug.transform;

import org.bytedeco.pytorch.Tensor;

/**
 * Mirrors images: left and right along {@link Axis#X}, top and bottom along {@link Axis#Y}.
 *
 * <p>Takes no value.
 *
 * @param axis the coordinate that is reversed
 */
public record Flip(Axis axis) implements AffineTransform {
  /** Exact, where sampling would round; nothing is read between pixels or outside. */
  @Override
  public Tensor apply(Tensor images, Tensor values, Sampling sampling) {
    PerImage.check(images);
    return images.flip(axis == Axis.X ? 3 : 2);
  }

  @Override
  public AffineCoefficients coefficients(int height, int width) {
    return switch (axis) {
      case X -> AffineCoefficients.constant(-1, 0, width - 1, 0, 1, 0);
      case Y -> AffineCoefficients.constant(1, 0, 0, 0, -1, height - 1);
    };
  }

  @Override
  public boolean usesValue() {
    return false;
  }

  @Override
  public GradientKind gradientKind() {
    return GradientKind.NONE;
  }
}
