package io.github.smartaug.transform;

/**
 * Moves images by a number of pixels, to the right along {@link Axis#X}, down along {@link Axis#Y};
 * what comes in from the other side is the border's matter, black by default.
 *
 * <p>Value: a number of pixels, any; 0 changes nothing. Ranges are often multiples of the image's
 * size: {@link MagnitudeRange#in}.
 *
 * @param axis the direction
 */
public record Translate(Axis axis) implements AffineTransform {
  @Override
  public AffineCoefficients coefficients(int height, int width) {
    return switch (axis) {
      case X -> AffineCoefficients.linear(0, 0, -1, 0, 0, 0);
      case Y -> AffineCoefficients.linear(0, 0, 0, 0, 0, -1);
    };
  }

  @Override
  public ValueUnit unit() {
    return ValueUnit.PIXELS;
  }
}
