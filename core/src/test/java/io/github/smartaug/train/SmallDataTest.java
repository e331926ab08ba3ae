package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smartaug.augment.NoAugmentation;
import io.github.smartaug.batch.BatchSource;
import io.github.smartaug.batch.TrainingData;
import io.github.smartaug.nn.Model;
import io.github.smartaug.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs on data that are smaller than usual. */
class SmallDataTest {
  @Test
  void a_validation_set_smaller_than_one_batch_is_one_batch() {
    TrainingData data = SmallRun.data(SmallRun.images(12, 3, 4, 1), SmallRun.images(2, 3, 4, 2));
    try (TensorScope scope = TensorScope.open();
        TrainingResult result = train(SmallRun.perceptron(3), data, 1)) {
      assertThat(result.last().validationLoss()).isFinite();
      assertThat(result.last().validationAccuracy()).isIn(0.0, 0.5, 1.0);
      assertThat(result.last().policy()).isNotEqualTo(PolicyReports.of(SmallRun.policy()));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void one_class_only_is_learned_at_once(int innerSteps) {
    TrainingData data = SmallRun.data(SmallRun.images(12, 1, 4, 1), SmallRun.images(6, 1, 4, 2));
    try (TensorScope scope = TensorScope.open();
        TrainingResult result = train(SmallRun.perceptron(1), data, innerSteps)) {
      assertThat(result.last().trainLoss()).isZero();
      assertThat(result.last().testAccuracy()).isEqualTo(1);
      assertThat(result.last().f1()).containsExactly(1.0);
      assertThat(result.epochs()).allMatch(report -> report.details().skippedMetaSteps() == 0);
    }
  }

  @Test
  void more_inner_steps_than_the_epoch_has_make_one_meta_step_at_its_end() {
    List<Integer> steps = new ArrayList<>();
    try (TensorScope scope = TensorScope.open();
        TrainingResult result =
            new JointTrainer(
                    SmallRun.perceptron(3),
                    SmallRun.policy(),
                    SmallRun.data(),
                    SmallRun.options(1, 100))
                .addListener(
                    new TrainingListener() {
                      @Override
                      public void stepFinished(StepReport report) {
                        steps.add(report.step());
                      }
                    })
                .train();
        TrainingResult exact =
            train(SmallRun.perceptron(3), SmallRun.data(), SmallRun.options(1, 3))) {
      assertThat(steps).containsExactly(1, 2, 3);
      assertThat(result.last().policy()).isEqualTo(exact.last().policy());
    }
  }

  /** Nine images in batches of four: the last has one. */
  @Test
  void a_last_batch_of_one_image_is_left_out_if_the_model_needs_several() {
    BatchSource nine = SmallRun.images(9, 3, 4, 1);
    BatchSource eight = SmallRun.images(8, 3, 4, 1);
    TrainingData data = SmallRun.data(nine, SmallRun.images(6, 3, 4, 2));
    try (TensorScope scope = TensorScope.open();
        TrainingResult result = train(SmallRun.normalized(3), data, 1)) {
      BatchSource used = WithoutSingletonBatch.of(SmallRun.normalized(3), nine);
      assertThat(used.size()).isEqualTo(eight.size());
      assertThat(used.batches()).isEqualTo(eight.batches());
      assertThat(result.last().trainLoss()).isFinite();
    }
  }

  @Test
  void a_last_batch_of_one_image_stays_if_the_model_can_train_on_it() {
    BatchSource nine = SmallRun.images(9, 3, 4, 1);

    assertThat(WithoutSingletonBatch.of(SmallRun.perceptron(3), nine)).isSameAs(nine);
  }

  @Test
  void batches_that_are_all_too_small_are_refused_before_training() {
    TrainingData data = SmallRun.data(SmallRun.images(6, 3, 1, 1), SmallRun.images(6, 3, 4, 2));

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new JointTrainer(
                    SmallRun.normalized(3), new NoAugmentation(), data, SmallRun.options(1, 1)))
        .withMessage(
            "training batches of 1 image, allowed for a model with batch normalisation: at least"
                + " 2");
  }

  private static TrainingResult train(Model model, TrainingData data, int innerSteps) {
    return train(model, data, SmallRun.options(2, innerSteps));
  }

  private static TrainingResult train(Model model, TrainingData data, TrainingOptions options) {
    return new JointTrainer(model, SmallRun.policy(), data, options).train();
  }
}
