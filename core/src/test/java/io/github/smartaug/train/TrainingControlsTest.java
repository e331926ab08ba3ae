package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.augment.NoAugmentation;
import io.github.smartaug.augment.RandAugment;
import io.github.smartaug.metric.Evaluator;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.Precision;
import io.github.smartaug.optim.Schedule;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.transform.TransformSets;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class TrainingControlsTest {
  private static final TrainingControls PLAIN = TrainingControls.defaults();
  private static final Model MODEL = SmallRun.perceptron(3);

  @Test
  void before_the_augmentation_starts_a_run_is_one_without_augmentation() {
    RandAugment random = new RandAugment(TransformSets.named("base"), 2, 1);
    TrainingOptions late = SmallRun.options(3, 1).toBuilder().controls(augmentStart(3)).build();
    try (TrainingResult clean =
            SmallRun.train(MODEL, new NoAugmentation(), SmallRun.options(3, 1));
        TrainingResult augmented = SmallRun.train(MODEL, random, late)) {
      assertThat(losses(augmented).subList(0, 2)).isEqualTo(losses(clean).subList(0, 2));
      assertThat(losses(augmented).get(2)).isNotEqualTo(losses(clean).get(2));
    }
  }

  @Test
  void a_policy_is_not_learned_before_the_augmentation_starts() {
    try (TensorScope scope = TensorScope.open();
        TrainingResult result =
            SmallRun.train(
                MODEL,
                SmallRun.policy(),
                SmallRun.options(2, 1).toBuilder().controls(augmentStart(2)).build())) {
      assertThat(policies(result).get(0)).isEqualTo(PolicyReports.of(SmallRun.policy()));
      assertThat(policies(result).get(1)).isNotEqualTo(policies(result).get(0));
    }
  }

  @Test
  void before_the_meta_start_the_policy_is_used_as_it_is() {
    MetaControls meta = new MetaControls(3, Schedule.constant(), 1, 10);
    TrainingOptions late = SmallRun.options(3, 1).toBuilder().controls(with(meta)).build();
    try (TensorScope scope = TensorScope.open();
        TrainingResult clean = SmallRun.train(MODEL, new NoAugmentation(), SmallRun.options(3, 1));
        TrainingResult result = SmallRun.train(MODEL, SmallRun.policy(), late)) {
      List<TransformReport> start = PolicyReports.of(SmallRun.policy());
      assertThat(policies(result).subList(0, 2)).containsOnly(start);
      assertThat(policies(result).get(2)).isNotEqualTo(start);
      assertThat(losses(result).get(0)).isNotEqualTo(losses(clean).get(0));
    }
  }

  @Test
  void what_would_begin_after_the_last_epoch_is_refused() {
    TrainingOptions.Builder two = SmallRun.options(2, 1).toBuilder();
    MetaControls third = MetaControls.builder().start(3).build();
    Schedule warmUp = Schedule.constant().afterGradualWarmUp(5, 1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> two.controls(augmentStart(3)).build())
        .withMessage("augmentation start epoch: 3, allowed: from 1 to 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> two.controls(with(third)).build())
        .withMessage("meta start epoch: 3, allowed: from 1 to 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> options(1, warmUp))
        .withMessage(
            "schedule: learning rate 0 in every epoch of 1, allowed: a warm-up shorter than the"
                + " run");
    assertThat(options(2, warmUp).epochs()).isEqualTo(2);
  }

  private static TrainingOptions options(int epochs, Schedule schedule) {
    InnerOptions inner = InnerOptions.defaults(0.1).toBuilder().schedule(schedule).build();
    return TrainingOptions.builder().epochs(epochs).inner(inner).build();
  }

  /**
   * Adam's first step is as long as the learning rate: here a quarter of 0.01 in the fourth epoch.
   */
  @Test
  void the_meta_learning_rate_follows_its_schedule() {
    Schedule linear = (epoch, epochs) -> 1 - (double) epoch / epochs;
    TrainingOptions options =
        SmallRun.options(4, 3).toBuilder()
            .controls(with(new MetaControls(4, linear, 1, 10)))
            .build();
    try (TensorScope scope = TensorScope.open();
        TrainingResult result = SmallRun.train(MODEL, SmallRun.policy(), options)) {
      assertThat(result.epochs())
          .extracting(report -> report.details().metaLearningRate())
          .containsExactly(0.01, 0.0075, 0.005, 0.0025);
      double largest = 0;
      for (int t = 0; t < policies(result).get(0).size(); t++) {
        double before = policies(result).get(2).get(t).magnitude();
        largest = Math.max(largest, Math.abs(policies(result).get(3).get(t).magnitude() - before));
      }
      assertThat(largest).isCloseTo(0.0025, within(1e-6));
    }
  }

  @Test
  void with_a_moving_average_metrics_and_model_are_the_averages_and_training_is_the_same() {
    TrainingOptions averaged =
        SmallRun.options(3, 2).toBuilder()
            .controls(
                new TrainingControls(1, OptionalDouble.of(0.9), 1, Precision.FLOAT32, PLAIN.meta()))
            .build();
    try (TensorScope scope = TensorScope.open();
        TrainingResult plain =
            SmallRun.train(SmallRun.normalized(3), SmallRun.policy(), SmallRun.options(3, 2));
        TrainingResult result =
            SmallRun.train(SmallRun.normalized(3), SmallRun.policy(), averaged)) {
      assertThat(losses(result)).isEqualTo(losses(plain));
      assertThat(policies(result)).isEqualTo(policies(plain));
      assertThat(result.last().validationLoss()).isNotEqualTo(plain.last().validationLoss());
      Evaluator evaluator = new Evaluator(SmallRun.normalized(3), SmallRun.data().normalization());
      assertThat(
              evaluator
                  .evaluate(result.parameters(), result.buffers(), SmallRun.data().validation())
                  .loss())
          .isEqualTo(result.best().validationLoss());
    }
  }

  @Test
  void numbers_out_of_range_are_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> augmentStart(0))
        .withMessage("augmentation start epoch: 0, allowed: at least 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MetaControls(1, Schedule.constant(), 0, 10))
        .withMessage("validation batches: 0, allowed: at least 1");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new TrainingControls(1, OptionalDouble.of(1), 1, Precision.FLOAT32, PLAIN.meta()))
        .withMessage("decay of the moving average: 1, allowed: between 0 and 1, both excluded");
  }

  private static TrainingControls augmentStart(int epoch) {
    return new TrainingControls(epoch, OptionalDouble.empty(), 1, Precision.FLOAT32, PLAIN.meta());
  }

  private static TrainingControls with(MetaControls meta) {
    return new TrainingControls(1, OptionalDouble.empty(), 1, Precision.FLOAT32, meta);
  }

  private static List<Double> losses(TrainingResult result) {
    return result.epochs().stream().map(EpochReport::trainLoss).toList();
  }

  private static List<List<TransformReport>> policies(TrainingResult result) {
    return result.epochs().stream().map(EpochReport::policy).toList();
  }
}
