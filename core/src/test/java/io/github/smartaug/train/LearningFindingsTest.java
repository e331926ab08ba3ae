package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.augment.IndependentPolicy;
import io.github.smartaug.augment.LearnablePolicy;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.augment.PolicyOptions.Learning;
import io.github.smartaug.augment.SequencePolicy;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.train.LearningFindings.Finding;
import java.util.List;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LearningFindingsTest {
  private static final int TRANSFORMS = 16;
  private static final InnerOptions INNER = InnerOptions.defaults(0.1);
  private static final double RATE = 0.01;

  /** 5 % of the runs, and three standard errors of that number. */
  @Test
  void of_noise_one_run_in_twenty_says_at_most_that_something_was_learned() {
    int runs = 200;
    long wrong =
        IntStream.range(0, runs)
            .filter(run -> learned(logitsOnly(60, RATE, noise(run, new double[TRANSFORMS]))) > 0)
            .count();
    assertThat(wrong).isLessThanOrEqualTo((long) (runs * 0.05 + 3 * Math.sqrt(runs * 0.05 * 0.95)));
  }

  @Test
  void a_signal_of_one_standard_deviation_is_found_in_40_steps() {
    double[] signal = new double[TRANSFORMS];
    signal[3] = -1;
    int found = 0;
    for (int run = 0; run < 100; run++) {
      LearningFindings findings = logitsOnly(40, RATE, noise(1000 + run, signal));
      found += findings.find(LearnablePolicy.LOGITS, "T3").orElseThrow().learned() ? 1 : 0;
    }
    assertThat(found).isGreaterThanOrEqualTo(95);
  }

  @Test
  void of_seven_meta_steps_nothing_is_said() {
    double[] signal = {-9, 0};
    assertThat(logitsOnly(7, RATE, noise(1, signal)).sentences())
        .containsExactly("too few meta steps to tell what was learned from what is drift");
    assertThat(learned(logitsOnly(8, RATE, noise(1, signal)))).isPositive();
  }

  @Test
  void a_signal_that_moved_nothing_was_not_learned() {
    double[] signal = new double[TRANSFORMS];
    signal[3] = -3;
    LearningFindings findings = logitsOnly(40, 0, noise(1, signal));
    Finding finding = findings.find(LearnablePolicy.LOGITS, "T3").orElseThrow();
    assertThat(finding.adjustedP()).isLessThan(0.001);
    assertThat(finding.learned()).isFalse();
    assertThat(findings.tiers()).isEmpty();
    assertThat(findings.sentences())
        .containsExactly(
            "nothing moved beyond noise (logits): what moved is drift, and its order mostly"
                + " chance");
  }

  @Test
  void a_number_that_moved_against_its_gradient_was_not_learned() {
    double[] signal = new double[TRANSFORMS];
    signal[3] = -3;
    assertThat(learned(logitsOnly(40, -RATE, noise(1, signal)))).isZero();
  }

  @Test
  void transforms_are_ordered_as_far_as_their_differences_are_beyond_noise() {
    double[] signal = {0, -4, 0, 6, -4};
    LearningFindings findings = logitsOnly(60, RATE, noise(7, signal));
    assertThat(findings.tiers())
        .hasSize(3)
        .satisfies(
            tiers -> {
              assertThat(tiers.get(0)).containsExactlyInAnyOrder("T1", "T4");
              assertThat(tiers.get(1)).containsExactlyInAnyOrder("T0", "T2");
              assertThat(tiers.get(2)).containsExactly("T3");
            });
    assertThat(findings.sentences())
        .hasSize(2)
        .satisfies(
            sentences -> {
              assertThat(sentences.get(0))
                  .matches(
                      "logits: raised T[14] \\(t .*\\), T[14] \\(t .*\\); lowered T3 \\(t .*\\).*");
              assertThat(sentences.get(1))
                  .matches(
                      "by evidence: T[14], T[14] > T[02], T[02] > T3"
                          + " \\(what commas join differs by no more than noise\\)");
            });
  }

  @Test
  void what_the_penalty_alone_moves_was_not_learned() {
    try (TensorScope scope = TensorScope.open()) {
      MetaState start = MetaSteps.start(MetaSteps.policy(4, PolicyOptions.learned(1)), INNER);
      RandomGenerator random = RandomStream.seeded(3);
      // Of 4 magnitudes m at 0.5 that are equally likely, (m - 1) / 2; they stay where they are.
      MetaState end =
          MetaSteps.after(
              start,
              20,
              0,
              0.1,
              t ->
                  MetaSteps.of(LearnablePolicy.LOGITS, normal(random, new double[4]))
                      .with(
                          MetaSteps.of(
                              LearnablePolicy.MAGNITUDES, -0.025, -0.025, -0.025, -0.025)));
      assertThat(LearningFindings.of(start.parameters(), end).findings())
          .hasSize(4)
          .allMatch(finding -> finding.parameter().equals(LearnablePolicy.LOGITS));
    }
  }

  @Test
  void hyperparameters_and_sequences_are_judged_as_all_that_is_learned() {
    try (TensorScope scope = TensorScope.open()) {
      PolicyOptions options =
          PolicyOptions.learned(2).toBuilder().magnitudes(Learning.FIXED).build();
      SequencePolicy policy =
          SequencePolicy.initial(MetaSteps.policy(2, options).transforms(), options);
      MetaState start =
          MetaSteps.start(
              policy,
              INNER.toBuilder()
                  .optimizer(InnerOptimizer.sgd(0.1).learning("learning_rate"))
                  .build());
      RandomGenerator random = RandomStream.seeded(4);
      MetaState end =
          MetaSteps.after(
              start,
              30,
              RATE,
              0,
              t ->
                  MetaSteps.of(LearnablePolicy.LOGITS, normal(random, 0, 0, -9, 0))
                      .with(MetaSteps.of("hyperparameter/learning_rate", 5 + random.nextDouble())));
      assertThat(LearningFindings.of(start.parameters(), end).sentences())
          .satisfiesExactly(
              logits -> assertThat(logits).startsWith("logits: raised T1, then T0 (t "),
              rate -> assertThat(rate).startsWith("learning_rate: lowered (t "));
    }
  }

  private static long learned(LearningFindings findings) {
    return findings.findings().stream().filter(Finding::learned).count();
  }

  private static LearningFindings logitsOnly(
      int steps, double rate, IntFunction<double[]> gradients) {
    try (TensorScope scope = TensorScope.open()) {
      IndependentPolicy policy =
          MetaSteps.policy(
              gradients.apply(0).length,
              PolicyOptions.learned(1).toBuilder().magnitudes(Learning.FIXED).build());
      MetaState start = MetaSteps.start(policy, INNER);
      MetaState end =
          MetaSteps.after(
              start, steps, rate, 0, t -> MetaSteps.of(LearnablePolicy.LOGITS, gradients.apply(t)));
      return LearningFindings.of(start.parameters(), end);
    }
  }

  /** Hypergradients of standard deviation 1 about a mean. */
  private static IntFunction<double[]> noise(long seed, double[] mean) {
    RandomGenerator random = RandomStream.seeded(seed);
    return t -> normal(random, mean);
  }

  private static double[] normal(RandomGenerator random, double... mean) {
    return IntStream.range(0, mean.length)
        .mapToDouble(i -> mean[i] + random.nextGaussian())
        .toArray();
  }

  @Test
  void a_run_without_meta_steps_has_nothing_to_say() {
    assertThat(LearningFindings.none().sentences()).isEqualTo(List.of());
    try (TensorScope scope = TensorScope.open()) {
      MetaState start = MetaSteps.start(MetaSteps.policy(2, PolicyOptions.learned(1)), INNER);
      assertThat(LearningFindings.of(start.parameters(), start)).isEqualTo(LearningFindings.none());
    }
  }
}
