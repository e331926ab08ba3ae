package io.github.smartaug.augment;

import java.util.Arrays;

/** A distribution over indices from 0: a draw takes a search in its cumulative sums. */
public final class CategoricalDistribution {
  private final double[] probabilities;
  private final double[] cumulative;

  /** A distribution with these probabilities, which sum to 1. */
  public CategoricalDistribution(double[] probabilities) {
    this.probabilities = probabilities;
    this.cumulative = probabilities.clone();
    Arrays.parallelPrefix(cumulative, Double::sum);
  }

  /** That many indices, all equally likely. */
  public static CategoricalDistribution uniform(int size) {
    double[] equal = new double[size];
    Arrays.fill(equal, 1.0 / size);
    return new CategoricalDistribution(equal);
  }

  /** {@code softmax(temperature * logits)}. */
  public static CategoricalDistribution softmax(double[] logits, double temperature) {
    double largest = Arrays.stream(logits).max().orElseThrow();
    double[] odds = Arrays.stream(logits).map(p -> Math.exp(temperature * (p - largest))).toArray();
    double sum = Arrays.stream(odds).sum();
    return new CategoricalDistribution(Arrays.stream(odds).map(value -> value / sum).toArray());
  }

  /** The probability of every index; a copy. */
  public double[] probabilities() {
    return probabilities.clone();
  }

  /** The first index whose cumulative probability exceeds a uniform draw from [0,1). */
  public int pick(double uniform) {
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
