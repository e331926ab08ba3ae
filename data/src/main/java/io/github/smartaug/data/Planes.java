package io.github.smartaug.data;

import io.github.smartaug.batch.ImageShape;

/** Other orders of an image's bytes than [C,H,W]. */
final class Planes {
  private Planes() {}

  /** The [C,H,W] of [H,W,C]. */
  static byte[] separated(byte[] interleaved, ImageShape shape) {
    int channels = shape.channels();
    int plane = shape.height() * shape.width();
    byte[] planes = new byte[interleaved.length];
    for (int channel = 0; channel < channels; channel++) {
      for (int i = 0; i < plane; i++) {
        planes[channel * plane + i] = interleaved[i * channels + channel];
      }
    }
    return planes;
  }

  /** The [C,H,W] of [C,W,H]. */
  static byte[] transposed(byte[] columnByColumn, ImageShape shape) {
    int height = shape.height();
    int width = shape.width();
    byte[] planes = new byte[columnByColumn.length];
    for (int start = 0; start < planes.length; start += height * width) {
      for (int x = 0; x < width; x++) {
        for (int y = 0; y < height; y++) {
          planes[start + y * width + x] = columnByColumn[start + x * height + y];
        }
      }
    }
    return planes;
  }
}
