package io.github.smartaug.data;

/** Of an image, for each channel, the sum of the pixels and the sum of their squares: exact. */
final class PixelSums {
  private final long[] sums;
  private final long[] squares;

  /** Takes the arrays, one element per channel. */
  PixelSums(long[] sums, long[] squares) {
    this.sums = sums;
    this.squares = squares;
  }

  /**
   * Those of an image.
   *
   * @param pixels unsigned bytes [C,H,W]
   */
  static PixelSums of(byte[] pixels, int channels) {
    int plane = pixels.length / channels;
    long[] sums = new long[channels];
    long[] squares = new long[channels];
    for (int channel = 0; channel < channels; channel++) {
      for (int i = channel * plane; i < (channel + 1) * plane; i++) {
        long level = Byte.toUnsignedInt(pixels[i]);
        sums[channel] += level;
        squares[channel] += level * level;
      }
    }
    return new PixelSums(sums, squares);
  }

  int channels() {
    return sums.length;
  }

  /** Sum of the levels, from 0 to 255 each. */
  long sum(int channel) {
    return sums[channel];
  }

  long squares(int channel) {
    return squares[channel];
  }

  /** Those of a grey image three times over. */
  PixelSums inColour() {
    return channels() == 3
        ? this
        : new PixelSums(
            new long[] {sums[0], sums[0], sums[0]},
            new long[] {squares[0], squares[0], squares[0]});
  }
}
