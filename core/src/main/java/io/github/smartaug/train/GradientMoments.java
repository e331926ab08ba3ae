package io.github.smartaug.train;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Mean and spread of vectors that come one by one, entry by entry: Welford, "Note on a method for
 * calculating corrected sums of squares and products", Technometrics 1962. Immutable.
 *
 * @param count number of vectors
 * @param means of the entries
 * @param squares sums of squared deviations from the means
 */
record GradientMoments(long count, List<Double> means, List<Double> squares) {
  /** Copies the lists. */
  GradientMoments {
    means = List.copyOf(means);
    squares = List.copyOf(squares);
  }

  /** Number of entries of a vector. */
  int entries() {
    return means.size();
  }

  /** Of no vectors of that size. */
  static GradientMoments empty(int entries) {
    List<Double> zeros = Collections.nCopies(entries, 0.0);
    return new GradientMoments(0, zeros, zeros);
  }

  /** With one more vector. */
  GradientMoments plus(double[] values) {
    List<Double> newMeans = new ArrayList<>(values.length);
    List<Double> newSquares = new ArrayList<>(values.length);
    for (int i = 0; i < values.length; i++) {
      double before = values[i] - means.get(i);
      double mean = means.get(i) + before / (count + 1);
      newMeans.add(mean);
      newSquares.add(squares.get(i) + before * (values[i] - mean));
    }
    return new GradientMoments(count + 1, newMeans, newSquares);
  }

  /** Whether a mean is beyond noise. */
  MeanTest test(int entry) {
    return MeanTest.of(count, means.get(entry), standardError(entry));
  }

  /** Standard error of a mean; NaN of fewer than two vectors. */
  double standardError(int entry) {
    return count < 2 ? Double.NaN : Math.sqrt(squares.get(entry) / (count - 1) / count);
  }

  /** A mean over its standard error; NaN where that is zero or unknown. */
  double t(int entry) {
    double error = standardError(entry);
    return error > 0 ? means.get(entry) / error : Double.NaN;
  }
}
