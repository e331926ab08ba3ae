package io.github.smartaug.run.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PairedDifferenceTest {
  /** Mean 3, deviation sqrt(2.5), t of 4 degrees 2.776445: half width 2.776445 sqrt(0.5). */
  @Test
  void the_interval_is_that_of_students_t() {
    PairedDifference difference = PairedDifference.of(1, 2, 3, 4, 5);

    assertThat(difference.mean()).isEqualTo(3);
    assertThat(difference.spread().deviation()).isCloseTo(1.5811388300841898, within(1e-12));
    assertThat(difference.halfWidth()).isCloseTo(1.9632432, within(1e-6));
    assertThat(difference.low()).isCloseTo(1.0367568, within(1e-6));
    assertThat(difference.high()).isCloseTo(4.9632432, within(1e-6));
  }

  @Test
  void one_seed_has_a_mean_and_no_interval() {
    PairedDifference difference = PairedDifference.of(2);

    assertThat(difference.mean()).isEqualTo(2);
    assertThat(difference.halfWidth()).isNaN();
    assertThat(PairedDifference.of().mean()).isNaN();
  }

  /**
   * With deviation 1: t(15) / sqrt(16) = 0.533, t(16) / sqrt(17) = 0.514, t(17)/sqrt(18) = 0.497.
   */
  @Test
  void the_number_of_seeds_that_would_tell_follows_from_the_spread() {
    PairedDifference difference = PairedDifference.of(0, Math.sqrt(2));

    assertThat(difference.spread().deviation()).isCloseTo(1, within(1e-12));
    assertThat(difference.seedsToSee(0.5)).isEqualTo(18);
    assertThat(difference.seedsToSee(0.52)).isEqualTo(17);
    assertThat(difference.seedsToSee(1e-9)).isEqualTo(PairedDifference.MANY_SEEDS);
  }

  @Test
  void what_seeds_have_in_common_does_not_widen_the_interval() {
    ArmResult low = Arms.arm("low", ArmKind.RANDOM, 60, 70, 80);
    ArmResult high = Arms.arm("high", ArmKind.LEARNED, 61, 71.2, 80.8);

    assertThat(low.test().deviation()).isCloseTo(10, within(1e-9));
    PairedDifference difference = high.minus(low);
    assertThat(difference.mean()).isCloseTo(1, within(1e-9));
    // t(2) 4.302653, deviation 0.2.
    assertThat(difference.halfWidth()).isCloseTo(4.302653 * 0.2 / Math.sqrt(3), within(1e-6));
  }

  @Test
  void only_seeds_that_both_have_are_compared() {
    ArmResult all = Arms.arm("all", ArmKind.RANDOM, 60, 70, 80);
    ArmResult some =
        new ArmResult(
            Arms.arm("some", ArmKind.LEARNED).arm(),
            Arms.arm("some", ArmKind.LEARNED, 0, 71, 83).runs().subList(1, 3),
            java.util.Map.of(0L, "diverged"),
            0);

    assertThat(some.minus(all).seeds()).isEqualTo(2);
    assertThat(some.minus(all).mean()).isCloseTo(2, within(1e-9));
  }
}
