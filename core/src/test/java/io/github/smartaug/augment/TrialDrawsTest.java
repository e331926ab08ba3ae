package io.github.smartaug.augment;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TrialDrawsTest {
  private static final Offset<Double> ROUNDING = Offset.offset(1e-12);

  /** One image, one position. */
  private static TrialDraws trials(int... alternativesOfEach) {
    double[][] factors = new double[alternativesOfEach.length][];
    for (int t = 0; t < factors.length; t++) {
      factors[t] = alternativesOfEach[t] == 1 ? new double[] {1} : new double[] {0.5, 2};
    }
    Draws once = new Draws(new int[][] {{0}}, new double[][] {{0.5}}, new int[] {0});
    return TrialDraws.of(once, new int[] {0}, factors);
  }

  @Test
  void a_transform_counts_by_the_better_of_two_magnitudes_as_far_as_its_lead_is_unusual() {
    // Leads of 2, 10 and 4: 4 is usual.
    double[] worth = {-3, /* first */ -1, -3, /* second */ -10, 0, /* third */ 2, -2};

    double[] counted = trials(1, 2, 2, 2).worthPerTransform(worth, 4);

    assertThat(counted).containsExactly(new double[] {-3, -2, -8, 0}, ROUNDING);
  }

  @Test
  void what_is_added_to_all_magnitudes_of_a_transform_is_added_to_what_it_is_worth() {
    double[] worth = {1, -1, -3, -10, 0, 2, -2};
    double[] moved = {1, -1, -3, -15, -5, 2, -2};
    TrialDraws trials = trials(1, 2, 2, 2);

    double[] before = trials.worthPerTransform(worth, 4);

    assertThat(trials.worthPerTransform(moved, 4))
        .containsExactly(new double[] {before[0], before[1], before[2] - 5, before[3]}, ROUNDING);
  }

  @Test
  void without_magnitudes_every_transform_counts_by_its_only_trial() {
    double[] worth = {0.5, -1.5};

    assertThat(trials(1, 1).worthPerTransform(worth, 2)).containsExactly(worth, ROUNDING);
  }
}
