package io.github.smartaug.transform;

/**
 * Shears images about pixel (0, 0), as AutoAugment does; the value is the tangent of the angle.
 * Along {@link Axis#X}, row y moves right by {@code value * y} pixels; along {@link Axis#Y}, column
 * x moves down by {@code value * x}.
 *
 * <p>Value: pixels per pixel, any; 0 changes nothing.
 *
 * @param axis the direction in which pixels move
 * @see <a href="https://arxiv.org/abs/1805.09501">AutoAugment</a>
 */
public record Shear(Axis axis) implements AffineTransform {
  @Override
  public AffineCoefficients coefficients(int height, int width) {
    return switch (axis) {
      case X -> AffineCoefficients.linear(0, -1, 0, 0, 0, 0);
      case Y -> AffineCoefficients.linear(0, 0, 0, -1, 0, 0);
    };
  }

  @Override
  public ValueUnit unit() {
    return ValueUnit.SLOPE;
  }
}
