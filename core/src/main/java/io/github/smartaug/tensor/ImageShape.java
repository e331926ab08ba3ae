package io.github.smartaug.tensor;

/**
 * Shape of an image.
 *
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param height in pixels
 * @param width in pixels
 */
public record ImageShape(int channels, int height, int width) {
  /** Checks that all sizes are positive. */
  public ImageShape {
    if (channels < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "image shape " + channels + "x" + height + "x" + width + ", allowed: all at least 1");
    }
  }

  /** Such as {@code 3x32x32}: channels, height, width. */
  @Override
  public String toString() {
    return channels + "x" + height + "x" + width;
  }
}
