package io.github.smartaug.train;

/** Mean and spread of samples, number by number. */
final class Moments {
  private final double[] sums;
  private final double[] squares;
  private int count;

  Moments(int size) {
    sums = new double[size];
    squares = new double[size];
  }

  void add(double... sample) {
    count++;
    for (int i = 0; i < sample.length; i++) {
      sums[i] += sample[i];
      squares[i] += sample[i] * sample[i];
    }
  }

  double mean(int i) {
    return sums[i] / count;
  }

  /** Of the mean. */
  double standardError(int i) {
    double variance = squares[i] / count - mean(i) * mean(i);
    return Math.sqrt(Math.max(0, variance) / (count - 1));
  }
}
