package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.augment.IndependentPolicy;
import io.github.smartaug.augment.NoAugmentation;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.augment.PolicyOptions.Learning;
import io.github.smartaug.augment.PolicySnapshot;
import io.github.smartaug.augment.ProbabilityGradient;
import io.github.smartaug.augment.RandAugment;
import io.github.smartaug.augment.ReplayedPolicy;
import io.github.smartaug.augment.SequencePolicy;
import io.github.smartaug.augment.TrivialAugment;
import io.github.smartaug.batch.Batch;
import io.github.smartaug.batch.BatchSource;
import io.github.smartaug.batch.ForwardingBatches;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.batch.TrainingData;
import io.github.smartaug.loss.MixedLoss;
import io.github.smartaug.metric.Evaluator;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.Models;
import io.github.smartaug.optim.DifferentiableSgd;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.optim.Schedule;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.TransformSets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JointTrainerTest {
  private static final ImageShape SHAPE = new ImageShape(1, 8, 8);
  private static final int CLASSES = 3;
  private static final int BATCHES = 5;

  /** What a run came to, without times and memory. */
  private record Outcome(
      List<Double> losses, List<List<TransformReport>> policies, List<double[]> parameters) {}

  @ParameterizedTest
  @CsvSource({"none, 1", "random, 1", "trivial, 1", "learned, 1", "learned, 3", "sequence, 2"})
  void the_same_seed_gives_the_same_bits(String augment, int innerSteps) {
    Outcome first = run(augment, innerSteps, 7);
    Outcome second = run(augment, innerSteps, 7);

    assertThat(second.losses()).isEqualTo(first.losses());
    assertThat(second.policies()).isEqualTo(first.policies());
    assertThat(second.parameters()).usingRecursiveComparison().isEqualTo(first.parameters());
  }

  @Test
  void another_seed_gives_other_bits() {
    assertThat(run("learned", 1, 8).losses()).isNotEqualTo(run("learned", 1, 7).losses());
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "random", "learned"})
  void training_makes_the_loss_smaller_and_beats_guessing(String augment) {
    List<EpochReport> reports = new ArrayList<>();
    try (TensorScope scope = TensorScope.open();
        TrainingResult result =
            trainer(augment, 1, 1, 6)
                .addListener(
                    new TrainingListener() {
                      @Override
                      public void epochFinished(EpochReport report) {
                        reports.add(report);
                      }
                    })
                .train()) {
      assertThat(result.last().trainLoss()).isLessThan(reports.get(0).trainLoss());
      assertThat(result.best().testAccuracy()).isGreaterThan(0.6);
      assertThat(result.epochs()).isEqualTo(reports);
    }
  }

  @Test
  void a_learned_policy_leaves_its_uniform_start_and_keeps_its_magnitudes_in_range() {
    try (TensorScope scope = TensorScope.open();
        TrainingResult result = trainer("learned", 2, 1, 4).train()) {
      IndependentPolicy learned = (IndependentPolicy) result.augmenter();
      double[] probabilities = learned.probabilities();
      assertThat(probabilities).doesNotHaveDuplicates();
      assertThat(Arrays.stream(probabilities).sum()).isCloseTo(1, within(1e-9));
      assertThat(Arrays.stream(learned.magnitudes()).boxed())
          .allMatch(m -> m >= 0.01 - 1e-7 && m <= 1);
    }
  }

  @Test
  void a_replay_of_the_same_length_reports_the_policies_of_the_run_that_learned_them() {
    try (TensorScope scope = TensorScope.open();
        TrainingResult learned = trainer("sequence", 2, 1, 3).train()) {
      SequencePolicy policy = (SequencePolicy) learned.augmenter();
      List<PolicySnapshot> history = new ArrayList<>();
      history.add(augmenter("sequence").snapshot(0));
      learned.epochs().forEach(epoch -> history.add(epoch.policyParameters()));
      try (TrainingResult replayed =
          new JointTrainer(
                  Models.create("mlp", SHAPE, CLASSES),
                  new ReplayedPolicy(policy, history),
                  RandomImages.data(SHAPE, BATCHES, 16, CLASSES),
                  options(3, 1, 2))
              .train()) {
        assertThat(replayed.epochs().stream().map(EpochReport::policy))
            .isEqualTo(learned.epochs().stream().map(EpochReport::policy).toList());
        assertThat(replayed.last().policyParameters()).isEqualTo(PolicySnapshot.NONE);
      }
    }
  }

  @Test
  void validation_batches_follow_one_another_through_the_whole_set() {
    List<String> asked = new ArrayList<>();
    TrainingData data = RandomImages.data(SHAPE, BATCHES, 16, CLASSES);
    BatchSource recording =
        new ForwardingBatches() {
          @Override
          public BatchSource source() {
            return data.validation();
          }

          @Override
          public Batch batch(long epoch, int index) {
            asked.add(epoch + "/" + index);
            return source().batch(epoch, index);
          }
        };
    try (TensorScope scope = TensorScope.open();
        TrainingResult result =
            new JointTrainer(
                    Models.create("mlp", SHAPE, CLASSES),
                    augmenter("learned"),
                    new TrainingData(data.training(), recording, data.test(), data.normalization()),
                    options(1, 1, 1))
                .train()) {
      assertThat(result.epochs()).hasSize(1);
    }
    // Five meta steps, and the evaluation after the epoch.
    assertThat(asked).containsExactly("0/0", "0/1", "0/2", "1/0", "1/1", "0/0", "0/1", "0/2");
  }

  @Test
  void a_loss_that_is_not_finite_ends_the_run_with_epoch_and_step() {
    InnerOptions exploding =
        new InnerOptions(
            new InnerOptimizer(
                new DifferentiableSgd(),
                new DifferentiableSgd().defaults().with(Hyperparameters.LEARNING_RATE, 1e30)),
            Optional.empty(),
            Schedule.constant(),
            new MixedLoss(1));
    try (TensorScope scope = TensorScope.open()) {
      JointTrainer trainer =
          new JointTrainer(
              Models.create("mlp", SHAPE, CLASSES),
              new NoAugmentation(),
              RandomImages.data(SHAPE, BATCHES, 16, CLASSES),
              new TrainingOptions(2, exploding, MetaOptions.defaults(1), 1));
      assertThatExceptionOfType(DivergedException.class)
          .isThrownBy(trainer::train)
          .withMessageMatching(".* became (NaN|Infinity) in epoch 1, step \\d: .*");
    }
  }

  @Test
  void a_run_that_is_asked_to_stop_ends_after_the_step() {
    try (TensorScope scope = TensorScope.open()) {
      JointTrainer trainer = trainer("learned", 1, 1, 2);
      trainer.addListener(
          new TrainingListener() {
            @Override
            public void stepFinished(StepReport report) {
              if (report.step() == 3) {
                trainer.stop();
              }
            }
          });
      assertThatExceptionOfType(CancellationException.class)
          .isThrownBy(trainer::train)
          .withMessage("stopped in epoch 1 after step 3");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "learned"})
  void the_model_of_the_best_epoch_stays_what_was_evaluated_when_later_steps_overwrite(
      String augment) {
    try (TensorScope scope = TensorScope.open()) {
      Model model = Models.create("mlp", SHAPE, CLASSES);
      TrainingData data = RandomImages.data(SHAPE, BATCHES, 16, CLASSES);
      TrainingOptions firstOfTheBest =
          options(6, 3, 2).toBuilder()
              .controls(TrainingControls.builder().epochChoice(EpochChoice.HIGHEST).build())
              .build();
      try (TrainingResult result =
          new JointTrainer(model, augmenter(augment), data, firstOfTheBest).train()) {
        assertThat(result.bestEpoch()).isLessThan(6);
        assertThat(
                new Evaluator(model, data.normalization())
                    .evaluate(result.parameters(), result.buffers(), data.validation())
                    .loss())
            .isEqualTo(result.best().validationLoss());
      }
    }
  }

  private static Outcome run(String augment, int innerSteps, long seed) {
    List<Double> losses = new ArrayList<>();
    try (TensorScope scope = TensorScope.open();
        TrainingResult result =
            trainer(augment, innerSteps, seed, 2)
                .addListener(
                    new TrainingListener() {
                      @Override
                      public void stepFinished(StepReport report) {
                        losses.add(report.loss());
                      }
                    })
                .train()) {
      result.epochs().forEach(epoch -> losses.add(epoch.validationLoss()));
      NamedTensors parameters = result.parameters();
      return new Outcome(
          losses,
          result.epochs().stream().map(EpochReport::policy).toList(),
          parameters.tensors().stream().map(Tensors::toDoubles).toList());
    }
  }

  private static JointTrainer trainer(String augment, int innerSteps, long seed, int epochs) {
    return new JointTrainer(
        Models.create("mlp", SHAPE, CLASSES),
        augmenter(augment),
        RandomImages.data(SHAPE, BATCHES, 16, CLASSES),
        options(epochs, innerSteps, seed));
  }

  private static TrainingOptions options(int epochs, int innerSteps, long seed) {
    return new TrainingOptions(
        epochs, InnerOptions.defaults(0.1), MetaOptions.defaults(innerSteps), seed);
  }

  private static Augmenter augmenter(String augment) {
    return switch (augment) {
      case "none" -> new NoAugmentation();
      case "random" -> new RandAugment(TransformSets.named("wide"), 2, 0.5);
      case "trivial" -> new TrivialAugment(TransformSets.named("wide"));
      case "sequence" ->
          SequencePolicy.initial(
              TransformSets.named("wide"),
              PolicyOptions.learned(2).toBuilder()
                  .probabilityGradient(ProbabilityGradient.SCORE_FUNCTION)
                  .temperatureLearning(Learning.LEARNED)
                  .classes(CLASSES)
                  .build());
      default -> IndependentPolicy.initial(TransformSets.named("wide"), PolicyOptions.learned(2));
    };
  }
}
