package io.github.smartaug.train;

import io.github.smartaug.metric.StudentT;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Student's test of whether a mean is zero.
 *
 * <p>It holds for hypergradients although their noise changes over a run. Each has images and draws
 * of its own, so where there is no effect its mean is zero whatever came before, and a sum of such
 * numbers over the root of the sum of their squares is near normal however their sizes differ: de
 * la Peña, Lai and Shao, "Self-Normalized Processes", 2009.
 *
 * @param t mean over its standard error; NaN where all values are zero or there are fewer than two
 * @param p probability of a t at least as far from zero if the mean is; NaN if t is, or there are
 *     too few values to tell
 */
record MeanTest(double t, double p) {
  /** Of fewer values, nothing is near normal. */
  private static final int FEWEST = 8;

  /**
   * Of a number of values.
   *
   * @param standardError of their mean; NaN of fewer than two values
   */
  static MeanTest of(long count, double mean, double standardError) {
    // Of equal values that are not zero this is infinite, of zeros it is not a number.
    double t = mean / standardError;
    return new MeanTest(
        t,
        Double.isNaN(t) || count < FEWEST
            ? Double.NaN
            : StudentT.twoSidedTail(t, Math.toIntExact(count - 1)));
  }

  /**
   * The p-values of several tests, made larger so that the probability of any p below a level,
   * where all means that are tested are zero or only some of them, is at most that level, however
   * the tests depend on each other: Holm, "A simple sequentially rejective multiple test
   * procedure", Scandinavian Journal of Statistics 1979.
   *
   * @return one per test, at most 1; NaN where p is, which does not count
   */
  static double[] adjusted(List<MeanTest> tests) {
    double[] adjusted = new double[tests.size()];
    Arrays.fill(adjusted, Double.NaN);
    int[] smallestFirst =
        IntStream.range(0, tests.size())
            .filter(i -> !Double.isNaN(tests.get(i).p()))
            .boxed()
            .sorted(Comparator.comparingDouble(i -> tests.get(i).p()))
            .mapToInt(Integer::intValue)
            .toArray();
    double largest = 0;
    for (int rank = 0; rank < smallestFirst.length; rank++) {
      double scaled = tests.get(smallestFirst[rank]).p() * (smallestFirst.length - rank);
      largest = Math.min(1, Math.max(largest, scaled));
      adjusted[smallestFirst[rank]] = largest;
    }
    return adjusted;
  }
}
