package io.github.smartaug.transform;

/**
 * Rotates by an angle in degrees, counter-clockwise as seen, about the centre ((W-1)/2, (H-1)/2).
 *
 * <p>Value: an angle in degrees, any; 0 changes nothing.
 */
public record Rotate() implements AffineTransform {
  @Override
  public AffineCoefficients coefficients(int height, int width) {
    double x = (width - 1) / 2.0;
    double y = (height - 1) / 2.0;
    return AffineCoefficients.trigonometric(
        new double[] {0, 0, x, 0, 0, y},
        new double[] {1, 0, -x, 0, 1, -y},
        new double[] {0, -1, y, 1, 0, -x});
  }

  @Override
  public ValueUnit unit() {
    return ValueUnit.DEGREES;
  }
}
