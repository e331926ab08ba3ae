package io.github.smartaug.run.benchmark;

import static io.github.smartaug.run.benchmark.Arms.arm;
import static io.github.smartaug.run.benchmark.Arms.timed;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.run.benchmark.Verdict.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The sentence at the end of a comparison, on made-up numbers. */
class VerdictTest {
  private static final ArmResult RANDOM =
      timed("random", ArmKind.RANDOM, 10, 60, 70, 72, 71, 73, 74);
  private static final ArmResult TRIVIAL = arm("trivial-wide", ArmKind.RANDOM, 69, 70, 71, 70, 70);

  private static Verdict of(ArmResult... results) {
    return Verdict.of(List.of(results));
  }

  private static ArmResult learned(double seconds, double... gains) {
    double[] points = {70, 72, 71, 73, 74};
    for (int i = 0; i < points.length; i++) {
      points[i] += gains[i];
    }
    return timed("learned", ArmKind.LEARNED, seconds, 0, points);
  }

  @Test
  void a_gain_is_said_with_its_interval_and_its_price() {
    Verdict verdict = of(TRIVIAL, RANDOM, learned(12, 1, 1.2, 1.3, 1.4, 1.6));

    assertThat(verdict.outcome()).isEqualTo(Outcome.ADDED);
    assertThat(verdict.sentence())
        .isEqualTo(
            "Learning added 1.3 +- 0.3 points over the best random policy (random), at 1.2 times"
                + " its time (0.2 times with the search for its options).");
  }

  @Test
  void without_other_arms_the_same_with_nothing_learned_is_what_learning_has_to_beat() {
    ArmResult unlearned = timed("unlearned", ArmKind.UNLEARNED, 10, 0, 70, 72, 71, 73, 74);

    assertThat(of(unlearned, learned(12, 1, 1.2, 1.3, 1.4, 1.6)).sentence())
        .isEqualTo(
            "Learning added 1.3 +- 0.3 points over the same with nothing learned (unlearned), at 1.2"
                + " times its time.");
  }

  @Test
  void what_the_truth_gains_is_the_measure_of_what_was_learned() {
    ArmResult oracle = timed("oracle", ArmKind.GIVEN, 10, 0, 72, 74, 73.5, 75, 76);

    assertThat(of(TRIVIAL, RANDOM, oracle, learned(12, 1, 1.2, 1.3, 1.4, 1.6)).sentence())
        .endsWith(" That is 62 % of what oracle gains, +2.1 +- 0.3 points.");
  }

  @Test
  void a_given_policy_that_gains_nothing_is_no_measure() {
    ArmResult given = timed("given", ArmKind.GIVEN, 10, 0, 70, 72, 71, 73, 74.2);

    assertThat(of(RANDOM, given, learned(12, 1, 1.2, 1.3, 1.4, 1.6)).sentence())
        .doesNotContain("given");
  }

  /** The best random arm is chosen on validation images, whatever test images say. */
  @Test
  void test_images_choose_nothing() {
    ArmResult lucky =
        new ArmResult(
            TRIVIAL.arm(),
            RANDOM.runs().stream().map(run -> new ArmRun(run.seed(), 0.99, 0.5, 1, 10, 1)).toList(),
            java.util.Map.of(),
            0);

    assertThat(Verdict.reference(List.of(lucky, RANDOM))).contains(RANDOM);
  }

  @Test
  void an_interval_that_ends_below_half_a_point_says_that_nothing_was_added() {
    Verdict verdict = of(RANDOM, learned(27, 0.1, -0.1, 0.2, -0.2, 0.1));

    assertThat(verdict.outcome()).isEqualTo(Outcome.NOTHING);
    assertThat(verdict.sentence())
        .isEqualTo(
            "Learning added nothing here (+0.0 +- 0.2 points): random is as good and cheaper.");
    assertThat(of(RANDOM, learned(10, 0.1, -0.1, 0.2, -0.2, 0.1)).sentence())
        .endsWith("random is as good.");
  }

  @Test
  void a_loss_is_said_as_plainly() {
    Verdict verdict = of(TRIVIAL, learned(30, -2, -2.1, -1.9, -2, -2.2), RANDOM);

    assertThat(verdict.outcome()).isEqualTo(Outcome.COST);
    assertThat(verdict.sentence())
        .startsWith(
            "Learning cost 2.0 +- 0.1 points against the best random policy (random), at 3.0");
  }

  @Test
  void a_spread_larger_than_the_difference_leaves_it_open_and_says_how_many_seeds_it_takes() {
    Verdict verdict = of(RANDOM, learned(12, 3, -1, 2, -2, 3));

    assertThat(verdict.outcome()).isEqualTo(Outcome.OPEN);
    // Deviation 2.345: t(23) * 2.345 / sqrt(24) = 0.990, and 1.014 with 23 seeds.
    assertThat(verdict.sentence())
        .isEqualTo(
            "Not enough seeds to tell: learned differs from the best random policy (random) by"
                + " +1.0 +- 2.9 points over 5 seeds; it takes about 24.");
  }

  @Test
  void one_seed_tells_nothing() {
    Verdict verdict = of(arm("random", ArmKind.RANDOM, 70), arm("learned", ArmKind.LEARNED, 80));

    assertThat(verdict.outcome()).isEqualTo(Outcome.OPEN);
    assertThat(verdict.sentence()).endsWith("by +10.0 points with one seed, which has no spread.");
  }

  @Test
  void a_gain_that_comes_without_learning_is_not_learnings() {
    ArmResult learned = learned(12, 1, 1.2, 1.3, 1.4, 1.6);
    ArmResult unlearned =
        timed("unlearned", ArmKind.UNLEARNED, 12, 0, 71.1, 73.1, 72.4, 74.3, 75.6);

    Verdict verdict = of(RANDOM, unlearned, learned);

    assertThat(verdict.outcome()).isEqualTo(Outcome.ADDED_BY_OTHERS);
    assertThat(verdict.sentence())
        .isEqualTo(
            "Not learning, but what goes with it added 1.3 +- 0.3 points over the best random"
                + " policy (random): the difference to unlearned, where nothing is learned, is"
                + " +0.0 +- 0.1 points.");
  }

  @Test
  void a_gain_over_the_unlearned_policy_as_well_is_learnings() {
    ArmResult unlearned = timed("unlearned", ArmKind.UNLEARNED, 12, 0, 70, 72, 71, 73, 74);

    assertThat(of(RANDOM, unlearned, learned(12, 1, 1.2, 1.3, 1.4, 1.6)).sentence())
        .startsWith("Learning added 1.3 +- 0.3 points")
        .doesNotContain("unlearned");
    ArmResult noisy = timed("unlearned", ArmKind.UNLEARNED, 12, 0, 74, 70, 74, 70, 74);
    assertThat(of(RANDOM, noisy, learned(12, 1, 1.2, 1.3, 1.4, 1.6)).sentence())
        .contains("Whether learning did it is open");
  }

  @Test
  void without_a_random_arm_plain_training_is_what_learning_has_to_beat() {
    assertThat(
            of(arm("none", ArmKind.PLAIN, 60, 61, 62), arm("probe", ArmKind.LEARNED, 70, 71, 72))
                .sentence())
        .isEqualTo(
            "Learning (probe) added 10.0 +- 0.0 points over plain training (none), at 1.0"
                + " times its time.");
  }

  @Test
  void without_learning_there_is_nothing_to_judge() {
    assertThat(of(RANDOM, TRIVIAL).outcome()).isEqualTo(Outcome.NONE);
    assertThat(of(learned(10, 0, 0, 0, 0, 0)).outcome()).isEqualTo(Outcome.NONE);
    assertThat(of(RANDOM, arm("learned", ArmKind.LEARNED)).outcome()).isEqualTo(Outcome.NONE);
  }
}
