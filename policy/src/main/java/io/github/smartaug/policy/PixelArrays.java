package io.github.smartaug.policy;

/** Arrays of users as {@link Planes}, and back. */
final class PixelArrays {
  private static final int WHITE = 255;
  private static final float[] VALUES = new float[WHITE + 1];

  static {
    for (int level = 0; level <= WHITE; level++) {
      VALUES[level] = level / (float) WHITE;
    }
  }

  private PixelArrays() {}

  /** A copy. */
  static Planes read(float[] pixels, PixelFormat format) {
    format.requireSize(pixels.length);
    float[] planes = pixels.clone();
    if (isRearranged(format)) {
      rearrange(pixels, format.pixelStride(), planes, 1, format);
    }
    requireUnitRange(pixels);
    return new Planes(planes, format.channels(), format.height(), format.width());
  }

  private static boolean isRearranged(PixelFormat format) {
    return format.layout() == PixelFormat.Layout.INTERLEAVED && format.channels() > 1;
  }

  private static void requireUnitRange(float[] pixels) {
    for (int i = 0; i < pixels.length; i++) {
      // Not a number compares false with everything.
      if (!(pixels[i] >= 0 && pixels[i] <= 1)) {
        throw new IllegalArgumentException(
            "pixels: " + pixels[i] + " at " + i + ", allowed: 0 to 1");
      }
    }
  }

  /** In a format; the planes' own array where it is in that format. */
  static float[] write(Planes image, PixelFormat format) {
    if (!isRearranged(format)) {
      return image.pixels;
    }
    float[] result = image.spare();
    rearrange(image.pixels, 1, result, format.pixelStride(), format);
    return result;
  }

  private static void rearrange(
      float[] from, int fromStride, float[] to, int toStride, PixelFormat format) {
    int area = format.height() * format.width();
    for (int channel = 0; channel < format.channels(); channel++) {
      int readAt = fromStride == 1 ? channel * area : channel;
      int writeAt = toStride == 1 ? channel * area : channel;
      for (int i = 0; i < area; i++) {
        to[writeAt + i * toStride] = from[readAt + i * fromStride];
      }
    }
  }

  /** Levels from 0 to 255 as numbers from 0 to 1. */
  static Planes read(byte[] levels, PixelFormat format) {
    format.requireSize(levels.length);
    float[] planes = new float[levels.length];
    int area = format.height() * format.width();
    int stride = format.pixelStride();
    for (int channel = 0; channel < format.channels(); channel++) {
      int start = channel * format.channelStride();
      for (int i = 0; i < area; i++) {
        planes[channel * area + i] = VALUES[levels[start + i * stride] & 0xFF];
      }
    }
    return new Planes(planes, format.channels(), format.height(), format.width());
  }

  /** Rounded to whole levels. */
  static byte[] writeLevels(Planes image, PixelFormat format) {
    byte[] levels = new byte[image.pixels.length];
    int area = image.area();
    int stride = format.pixelStride();
    for (int channel = 0; channel < format.channels(); channel++) {
      int start = channel * format.channelStride();
      for (int i = 0; i < area; i++) {
        levels[start + i * stride] = (byte) level(image.pixels[channel * area + i]);
      }
    }
    return levels;
  }

  /** The nearest level of a number from 0 to 1. */
  static int level(float value) {
    return (int) (WHITE * value + 0.5);
  }
}
