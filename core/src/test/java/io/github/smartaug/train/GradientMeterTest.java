package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.augment.LearnablePolicy;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.augment.PolicyOptions.Learning;
import io.github.smartaug.augment.PolicyOptions.MagnitudeSharing;
import io.github.smartaug.augment.SequencePolicy;
import io.github.smartaug.meta.BilevelCycle;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class GradientMeterTest {
  private static final InnerOptions INNER = InnerOptions.defaults(0.1);
  private static final PolicyOptions LOGITS_ONLY =
      PolicyOptions.learned(1).toBuilder().magnitudes(Learning.FIXED).build();

  /** Of 1, 2 and 6: mean 3, deviation sqrt(7), standard error sqrt(7 / 3). */
  @Test
  void an_epoch_has_the_mean_of_its_gradients_its_standard_error_and_their_ratio() {
    try (TensorScope scope = TensorScope.open()) {
      double[] values = {1, 2, 6};
      List<GradientReport> reports =
          steps(3, t -> MetaSteps.of(LearnablePolicy.LOGITS, values[t], -values[t])).gradients();
      assertThat(reports).extracting(GradientReport::entry).containsExactly("T0", "T1");
      assertThat(reports).extracting(GradientReport::parameter).containsOnly("logits");
      assertThat(reports).extracting(GradientReport::steps).containsOnly(3L);
      assertThat(reports.get(0).mean()).isCloseTo(3, within(1e-12));
      assertThat(reports.get(0).standardError()).isCloseTo(Math.sqrt(7.0 / 3), within(1e-12));
      assertThat(reports.get(0).t()).isCloseTo(3 / Math.sqrt(7.0 / 3), within(1e-12));
      assertThat(reports.get(1).t()).isCloseTo(-3 / Math.sqrt(7.0 / 3), within(1e-12));
    }
  }

  @Test
  void a_single_step_has_no_standard_error() {
    try (TensorScope scope = TensorScope.open()) {
      GradientReport report =
          steps(1, t -> MetaSteps.of(LearnablePolicy.LOGITS, 4, 5)).gradients().get(0);
      assertThat(report.mean()).isEqualTo(4);
      assertThat(report.standardError()).isNaN();
      assertThat(report.t()).isNaN();
    }
  }

  @Test
  void an_epoch_begins_anew_and_the_run_goes_on() {
    try (TensorScope scope = TensorScope.open()) {
      MetaState first = steps(3, t -> MetaSteps.of(LearnablePolicy.LOGITS, t, 1)).afterEpoch();
      assertThat(first.gradients()).isEmpty();
      MetaState second =
          MetaSteps.after(first, 2, 0, 0, t -> MetaSteps.of(LearnablePolicy.LOGITS, 7, 1));
      assertThat(second.gradients().get(0).steps()).isEqualTo(2);
      assertThat(second.gradients().get(0).mean()).isEqualTo(7);
      assertThat(second.meter().run().get("logits").count()).isEqualTo(5);
    }
  }

  @Test
  void alternatives_are_compared_in_pairs_by_what_speaks_against_them() {
    try (TensorScope scope = TensorScope.open()) {
      MetaState end =
          MetaSteps.after(
              MetaSteps.start(MetaSteps.policy(3, LOGITS_ONLY), INNER),
              2,
              0,
              0,
              t -> MetaSteps.of(LearnablePolicy.LOGITS, 3, 0, -3));
      List<Double> against = end.meter().run().get("logits").means();
      assertThat(against.get(0)).isPositive();
      assertThat(against.get(1)).isCloseTo(0, within(1e-6));
      // Pairs 0-1, 0-2 and 1-2.
      assertThat(end.meter().differences().get("logits").means())
          .satisfiesExactly(
              d -> assertThat(d).isCloseTo(against.get(0), within(1e-6)),
              d -> assertThat(d).isCloseTo(2 * against.get(0), within(1e-6)),
              d -> assertThat(d).isCloseTo(against.get(0), within(1e-6)));
    }
  }

  @Test
  void a_skipped_meta_step_is_not_counted() {
    try (TensorScope scope = TensorScope.open()) {
      MetaState before = steps(2, t -> MetaSteps.of(LearnablePolicy.LOGITS, t, 1));
      MetaState after =
          before.after(
              new BilevelCycle.MetaStep(
                  Double.NaN, Optional.of("why"), NamedTensors.empty(), before.forCycle()),
              0,
              9,
              1,
              1);
      assertThat(after.meter()).isEqualTo(before.meter());
    }
  }

  @Test
  void the_penalty_is_left_out_and_the_rest_stays() {
    try (TensorScope scope = TensorScope.open()) {
      MetaState start = MetaSteps.start(MetaSteps.policy(2, PolicyOptions.learned(1)), INNER);
      // The penalty of two magnitudes m at 0.5 has the gradient m - 1.
      MetaState end =
          MetaSteps.after(
              start,
              2,
              0,
              0.2,
              t ->
                  MetaSteps.of(LearnablePolicy.LOGITS, 1, 1)
                      .with(MetaSteps.of(LearnablePolicy.MAGNITUDES, -0.1, -0.1 + 3)));
      assertThat(end.gradients())
          .extracting(GradientReport::entry)
          .containsExactly("T0", "T1", "T0", "T1");
      assertThat(end.gradients().get(2).mean()).isZero();
      assertThat(end.gradients().get(3).mean()).isCloseTo(3, within(1e-6));
    }
  }

  @Test
  void classes_sequences_and_a_shared_magnitude_have_names() {
    PolicyOptions classes = LOGITS_ONLY.toBuilder().classes(2).build();
    PolicyOptions shared =
        PolicyOptions.learned(2).toBuilder().sharing(MagnitudeSharing.SHARED).build();
    try (TensorScope scope = TensorScope.open()) {
      assertThat(MetaSteps.policy(2, classes).entryNames("logits"))
          .containsExactly("class 0: T0", "class 0: T1", "class 1: T0", "class 1: T1");
      SequencePolicy sequences =
          SequencePolicy.initial(MetaSteps.policy(2, shared).transforms(), shared);
      assertThat(GradientMeter.entryNames(sequences, "logits", 4))
          .containsExactly("T0, then T0", "T0, then T1", "T1, then T0", "T1, then T1");
      assertThat(GradientMeter.entryNames(sequences, "magnitudes", 1)).containsExactly("");
      assertThat(GradientMeter.entryNames(sequences, "own", 3)).containsExactly("0", "1", "2");
    }
  }

  @Test
  void parameters_of_very_many_numbers_are_not_measured() {
    try (TensorScope scope = TensorScope.open()) {
      PolicyOptions length = LOGITS_ONLY.toBuilder().length(13).build();
      SequencePolicy policy =
          SequencePolicy.initial(MetaSteps.policy(2, length).transforms(), length);
      MetaState end =
          MetaSteps.after(
              MetaSteps.start(policy, INNER),
              2,
              0,
              0,
              t -> MetaSteps.of(LearnablePolicy.LOGITS, new double[8192]));
      assertThat(end.meter()).isEqualTo(GradientMeter.empty());
    }
  }

  private static MetaState steps(int steps, IntFunction<NamedTensors> hypergradients) {
    MetaState start = MetaSteps.start(MetaSteps.policy(2, LOGITS_ONLY), INNER);
    return MetaSteps.after(start, steps, 0, 0, hypergradients);
  }
}
