package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smartaug.augment.Augmented;
import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.augment.Draws;
import io.github.smartaug.augment.IndependentPolicy;
import io.github.smartaug.batch.TrainingData;
import io.github.smartaug.meta.StepLength;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class RefitTest {
  private static final TrainingOptions OPTIONS = TinyRun.options(2);

  private static JointTrainer refitter(Augmenter initial, TrainingResult first) {
    return Refit.of(TinyRun.model(), initial, first, TinyRun.data(), OPTIONS);
  }

  @Test
  void the_policy_of_every_epoch_is_the_one_that_was_learned_after_as_many() {
    try (TensorScope scope = TensorScope.open()) {
      IndependentPolicy initial = TinyRun.policy();
      try (TrainingResult first = TinyRun.trainer(initial, 2).train();
          TrainingResult refitted = refitter(initial, first).train()) {
        assertThat(refitted.epochs()).hasSize(TinyRun.EPOCHS);
        for (int epoch = 0; epoch < TinyRun.EPOCHS; epoch++) {
          assertThat(refitted.epochs().get(epoch).policy())
              .isEqualTo(first.epochs().get(epoch).policy());
        }
        assertThat(first.epochs().get(0).policy()).isNotEqualTo(first.epochs().get(1).policy());
      }
    }
  }

  @Test
  void nothing_is_validated_or_learned_and_the_last_model_is_kept() {
    try (TensorScope scope = TensorScope.open()) {
      IndependentPolicy initial = TinyRun.policy();
      try (TrainingResult first = TinyRun.trainer(initial, 2).train();
          TrainingResult refitted = refitter(initial, first).train()) {
        assertThat(refitted.bestEpoch()).isEqualTo(TinyRun.EPOCHS);
        assertThat(refitted.epochs())
            .allSatisfy(
                report -> {
                  assertThat(report.validationAccuracy()).isNaN();
                  assertThat(report.validationLoss()).isNaN();
                  assertThat(report.testAccuracy()).isBetween(0.0, 1.0);
                  assertThat(report.gradients()).isEmpty();
                  assertThat(report.phases().meta()).isZero();
                });
      }
    }
  }

  @Test
  void it_is_the_same_to_the_bit_whenever_it_is_done_and_another_than_the_first_training() {
    try (TensorScope scope = TensorScope.open()) {
      IndependentPolicy initial = TinyRun.policy();
      try (TrainingResult first = TinyRun.trainer(initial, 2).train()) {
        TinyRun.Outcome once = TinyRun.outcome(refitter(initial, first));

        assertThat(TinyRun.outcome(refitter(initial, first))).isEqualTo(once);
        assertThat(once.model()).isNotEqualTo(TinyRun.outcome(TinyRun.trainer(initial, 2)).model());
      }
    }
  }

  @Test
  void a_training_that_ended_early_is_repeated_up_to_there() {
    try (TensorScope scope = TensorScope.open()) {
      IndependentPolicy initial = TinyRun.policy();
      JointTrainer trainer = TinyRun.trainer(initial, 2);
      trainer.endAfterEpoch();
      try (TrainingResult first = trainer.train();
          TrainingResult refitted = refitter(initial, first).train()) {
        assertThat(refitted.epochs()).hasSize(1);
        assertThat(refitted.last().policy()).isEqualTo(first.last().policy());
        assertThat(refitted.last().learningRate()).isEqualTo(first.last().learningRate());
      }
    }
  }

  @Test
  void a_policy_that_does_not_learn_is_used_as_it_is() {
    try (TensorScope scope = TensorScope.open()) {
      Augmenter random = TinyRun.randAugment();
      TrainingData data = TinyRun.data();
      try (TrainingResult first = TinyRun.trainer(random, 1).train()) {
        // On the same images the same training, but for the epoch that is kept.
        TrainingOptions keepLast =
            OPTIONS.toBuilder()
                .controls(OPTIONS.controls().toBuilder().epochChoice(EpochChoice.LAST).build())
                .build();
        assertThat(TinyRun.outcome(refitter(random, first)).model())
            .isEqualTo(
                TinyRun.outcome(new JointTrainer(TinyRun.model(), random, data, keepLast)).model());
      }
    }
  }

  @Test
  void what_leaves_no_history_cannot_be_repeated() {
    TrainingOptions learned =
        OPTIONS.toBuilder()
            .inner(
                OPTIONS.inner().toBuilder()
                    .optimizer(InnerOptimizer.sgd(0.1).learning(Hyperparameters.LEARNING_RATE))
                    .build())
            .meta(OPTIONS.meta().toBuilder().stepLength(StepLength.FREE).build())
            .build();
    try (TensorScope scope = TensorScope.open()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Refit.requirePossible(TinyRun.policy(), learned))
          .withMessage(
              "refit: the optimizer's learning_rate is learned, allowed: hyperparameters that are"
                  + " not");
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Refit.requirePossible(new WithoutHistory(), OPTIONS))
          .withMessage(
              "refit: the policy \"WithoutHistory\" keeps no history, allowed: policies that are a"
                  + " LearnablePolicy, or do not learn");
    }
  }

  private static final class WithoutHistory implements Augmenter {
    @Override
    public Draws draw(int images, RandomGenerator random) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Augmented apply(Tensor images, Draws draws) {
      throw new UnsupportedOperationException();
    }

    @Override
    public NamedTensors learnedParameters() {
      return TinyRun.policy().learnedParameters();
    }
  }
}
