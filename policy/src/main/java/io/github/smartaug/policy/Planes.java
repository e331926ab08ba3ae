package io.github.smartaug.policy;

/** The pixels of one image while it is transformed, float [C,H,W] in [0,1], channel by channel. */
final class Planes {
  final int channels;
  final int height;
  final int width;

  /** Channel c of the pixel in row y and column x is at {@code (c * height + y) * width + x}. */
  float[] pixels;

  private float[] spare;

  /** An image of these pixels, which are overwritten. */
  Planes(float[] pixels, int channels, int height, int width) {
    this.pixels = pixels;
    this.channels = channels;
    this.height = height;
    this.width = width;
  }

  /** Number of pixels. */
  int area() {
    return height * width;
  }

  /** An array of the size of the pixels, to write a result to. Holds anything. */
  float[] spare() {
    if (spare == null) {
      spare = new float[pixels.length];
    }
    return spare;
  }

  /** Takes what was written to the {@link #spare()} array for the image. */
  void swap() {
    float[] before = pixels;
    pixels = spare;
    spare = before;
  }
}
