package io.github.smartaug.data;

import java.math.BigInteger;

/** Mean and deviation of one channel of a set. The sums are exact, whatever their order. */
final class PixelMoments {
  private static final double WHITE = 255;

  private long count;
  private long sum;
  private long squares;

  /**
   * Adds an image.
   *
   * @param pixels how many it has in the channel
   */
  void add(PixelSums image, int channel, long pixels) {
    count += pixels;
    sum += image.sum(channel);
    squares += image.squares(channel);
  }

  /** Mean of the pixels in [0,1]. */
  double mean() {
    return (double) sum / count / WHITE;
  }

  /** Standard deviation of the population of the pixels in [0,1]. */
  double standardDeviation() {
    BigInteger meanOfSquares = BigInteger.valueOf(count).multiply(BigInteger.valueOf(squares));
    BigInteger squareOfMean = BigInteger.valueOf(sum).pow(2);
    return Math.sqrt(meanOfSquares.subtract(squareOfMean).doubleValue()) / count / WHITE;
  }
}
