package io.github.smartaug.policy;

import java.io.Serializable;
import java.util.Arrays;

/**
 * A distribution over indices from 0: {@code softmax(temperature * logits)}, summed up as the
 * library does, so that the same draw picks the same index.
 */
final class Distribution implements Serializable {
  private static final long serialVersionUID = 1;

  private final double[] probabilities;
  private final double[] cumulative;

  Distribution(double[] logits, double temperature) {
    double largest = Arrays.stream(logits).max().orElseThrow();
    double[] odds = Arrays.stream(logits).map(p -> Math.exp(temperature * (p - largest))).toArray();
    double sum = Arrays.stream(odds).sum();
    this.probabilities = Arrays.stream(odds).map(value -> value / sum).toArray();
    this.cumulative = probabilities.clone();
    Arrays.parallelPrefix(cumulative, Double::sum);
  }

  double[] probabilities() {
    return probabilities.clone();
  }

  /** The first index whose cumulative probability exceeds a uniform draw from [0,1). */
  int pick(double uniform) {
    int low = 0;
    int high = cumulative.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (cumulative[middle] > uniform) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
