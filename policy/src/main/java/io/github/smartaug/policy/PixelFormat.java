package io.github.smartaug.policy;

import java.io.Serializable;

/**
 * How the pixels of an image lie in an array.
 *
 * @param layout the order of the numbers
 * @param channels 1 (grey) or 3 (red, green, blue)
 * @param height in pixels
 * @param width in pixels
 */
public record PixelFormat(Layout layout, int channels, int height, int width)
    implements Serializable {
  /** The order of the numbers. */
  public enum Layout {
    /** Channel by channel, each row by row: [C,H,W]. */
    PLANAR,
    /** Pixel by pixel, each with its channels: [H,W,C]. */
    INTERLEAVED
  }

  /**
   * Checks the numbers.
   *
   * @throws IllegalArgumentException if there are not 1 or 3 channels, or there is no pixel, or
   *     more numbers than an array has
   */
  public PixelFormat {
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException(
          "channels: " + channels + ", allowed: 1 (grey), 3 (red, green, blue)");
    }
    require("height", height, channels, width);
    require("width", width, channels, height);
  }

  private static void require(String name, int size, int channels, int otherSize) {
    long largest = Integer.MAX_VALUE / channels / Math.max(1, otherSize);
    if (size < 1 || size > largest) {
      throw new IllegalArgumentException(
          name + ": " + size + ", allowed: from 1 to " + Math.max(1, largest));
    }
  }

  /** Channel by channel, [C,H,W]. */
  public static PixelFormat planar(int channels, int height, int width) {
    return new PixelFormat(Layout.PLANAR, channels, height, width);
  }

  /** Pixel by pixel, [H,W,C]. */
  public static PixelFormat interleaved(int height, int width, int channels) {
    return new PixelFormat(Layout.INTERLEAVED, channels, height, width);
  }

  /** Numbers of an image. */
  public int size() {
    return channels * height * width;
  }

  /**
   * Checks an array.
   *
   * @throws IllegalArgumentException if it has another length
   */
  void requireSize(int length) {
    if (length != size()) {
      throw new IllegalArgumentException(
          "pixels: %d numbers, allowed: %d, as %d channels of %d x %d have"
              .formatted(length, size(), channels, height, width));
    }
  }

  /** Steps from a pixel to the next. */
  int pixelStride() {
    return layout == Layout.PLANAR ? 1 : channels;
  }

  /** Steps from a channel to the next. */
  int channelStride() {
    return layout == Layout.PLANAR ? height * width : 1;
  }
}
