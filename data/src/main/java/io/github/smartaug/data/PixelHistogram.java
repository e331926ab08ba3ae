package io.github.smartaug.data;

/** How often each of the 256 values of a pixel occurs; gives moments without rounding the sums. */
final class PixelHistogram {
  private static final int LEVELS = 256;
  private static final double WHITE = 255;

  private final long[] counts = new long[LEVELS];

  /** Counts unsigned bytes. */
  void add(byte[] pixels, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      counts[Byte.toUnsignedInt(pixels[i])]++;
    }
  }

  /** Mean of the pixels in [0,1]. */
  double mean() {
    return (double) sum() / total() / WHITE;
  }

  /** Standard deviation of the population of the pixels in [0,1]. */
  double standardDeviation() {
    double mean = (double) sum() / total();
    double squares = 0;
    for (int level = 0; level < LEVELS; level++) {
      squares += counts[level] * (level - mean) * (level - mean);
    }
    return Math.sqrt(squares / total()) / WHITE;
  }

  private long sum() {
    long sum = 0;
    for (int level = 0; level < LEVELS; level++) {
      sum += counts[level] * level;
    }
    return sum;
  }

  private long total() {
    long total = 0;
    for (long count : counts) {
      total += count;
    }
    return total;
  }
}
