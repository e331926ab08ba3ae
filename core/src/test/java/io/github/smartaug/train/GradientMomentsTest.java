package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.random.RandomStream;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GradientMomentsTest {
  private static final int RUNS = 400;
  private static final int STEPS = 120;

  /** Far from zero, where a sum of squares less the square of a sum would be rounding. */
  @Test
  void mean_and_spread_are_those_of_the_formula_far_from_zero_too() {
    GradientMoments moments = GradientMoments.empty(2);
    for (double value : new double[] {4, 7, 13, 16}) {
      moments = moments.plus(new double[] {value, 1e9 + value});
    }
    assertThat(moments.means()).containsExactly(10.0, 1e9 + 10);
    for (int entry = 0; entry < 2; entry++) {
      assertThat(moments.standardError(entry)).isCloseTo(Math.sqrt(30.0 / 4), within(1e-6));
    }
    assertThat(moments.t(0)).isCloseTo(10 / Math.sqrt(7.5), within(1e-12));
  }

  @Test
  void noise_that_fades_or_grows_over_a_run_is_within_noise() {
    assertThat(falsePositives(t -> 1)).isLessThan(allowed());
    assertThat(falsePositives(t -> Math.exp(-t / 30))).isLessThan(allowed());
    assertThat(falsePositives(t -> 1 + t)).isLessThan(allowed());
  }

  /** 5 % and three standard errors of that share. */
  private static double allowed() {
    return 0.05 + 3 * Math.sqrt(0.05 * 0.95 / RUNS);
  }

  /** The share of runs of noise whose mean is said not to be zero. */
  private static double falsePositives(DoubleUnaryOperator size) {
    long wrong =
        IntStream.range(0, RUNS).filter(run -> noise(run, size).test(0).p() <= 0.05).count();
    return wrong / (double) RUNS;
  }

  private static GradientMoments noise(long seed, DoubleUnaryOperator size) {
    RandomGenerator random = RandomStream.seeded(seed);
    GradientMoments moments = GradientMoments.empty(1);
    for (int t = 0; t < STEPS; t++) {
      moments = moments.plus(new double[] {size.applyAsDouble(t) * random.nextGaussian()});
    }
    return moments;
  }
}
