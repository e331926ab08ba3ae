package io.github.smartaug.run.benchmark;

import io.github.smartaug.metric.StudentT;

/**
 * Mean difference of two arms over the seeds that both have, with its 95 % confidence interval by
 * Student's t: what the seeds have in common, such as the images that are held out, is gone.
 *
 * @param spread of the differences
 */
public record PairedDifference(Spread spread) {
  private static final double CONFIDENCE = 0.95;

  /** More are not worth saying exactly. */
  static final int MANY_SEEDS = 1000;

  /** Of these differences, one per seed. */
  public static PairedDifference of(double... differences) {
    return new PairedDifference(Spread.of(differences));
  }

  /** Number of seeds. */
  public int seeds() {
    return spread.size();
  }

  /** The mean difference; NaN of no seeds. */
  public double mean() {
    return spread.mean();
  }

  /** Half the width of the interval; NaN with fewer than two seeds. */
  public double halfWidth() {
    return seeds() < 2 ? Double.NaN : halfWidth(seeds());
  }

  private double halfWidth(int seeds) {
    return StudentT.twoSidedQuantile(CONFIDENCE, seeds - 1) * spread.deviation() / Math.sqrt(seeds);
  }

  /** Lower end of the interval. */
  public double low() {
    return mean() - halfWidth();
  }

  /** Upper end of the interval. */
  public double high() {
    return mean() + halfWidth();
  }

  /**
   * The smallest number of seeds whose interval, with a spread as here, is narrower than {@code
   * effect} to each side; at most {@value #MANY_SEEDS}. Needs two seeds.
   */
  int seedsToSee(double effect) {
    int seeds = 2;
    while (seeds < MANY_SEEDS && !(halfWidth(seeds) < effect)) {
      seeds++;
    }
    return seeds;
  }
}
