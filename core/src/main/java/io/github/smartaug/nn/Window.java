package io.github.smartaug.nn;

/**
 * A square window that slides over an image: the geometry of convolutions and pools.
 *
 * @param size height and width in pixels, at least 1
 * @param stride step between two positions in pixels, at least 1
 * @param padding border added on every side in pixels, at least 0
 */
public record Window(int size, int stride, int padding) {
  /** Checks the ranges. */
  public Window {
    if (size < 1 || stride < 1 || padding < 0) {
      throw new IllegalArgumentException(
          "window of size %d, stride %d, padding %d; allowed: size and stride at least 1, padding at least 0"
              .formatted(size, stride, padding));
    }
  }

  /** A window that moves by one pixel, without padding. */
  public static Window of(int size) {
    return new Window(size, 1, 0);
  }

  /** This window with another stride. */
  public Window withStride(int newStride) {
    return new Window(size, newStride, padding);
  }

  /** This window with another padding. */
  public Window withPadding(int newPadding) {
    return new Window(size, stride, newPadding);
  }

  /** Number of positions along {@code pixels} pixels. */
  public int positions(int pixels) {
    return (pixels + 2 * padding - size) / stride + 1;
  }

  long[] sizes() {
    return both(size);
  }

  long[] strides() {
    return both(stride);
  }

  long[] paddings() {
    return both(padding);
  }

  private static long[] both(int value) {
    return new long[] {value, value};
  }
}
