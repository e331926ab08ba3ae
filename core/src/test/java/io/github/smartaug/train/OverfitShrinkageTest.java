package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.augment.IndependentPolicy;
import io.github.smartaug.augment.LearnablePolicy;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.augment.ProbabilityGradient;
import io.github.smartaug.augment.ScaleUse;
import io.github.smartaug.checkpoint.CheckpointFolder;
import io.github.smartaug.loss.MixedLoss;
import io.github.smartaug.meta.Trial;
import io.github.smartaug.optim.DifferentiableAdam;
import io.github.smartaug.optim.DifferentiableOptimizer.Update;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.optim.OptimizerState;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.train.MetaOptions.ChoiceRule;
import io.github.smartaug.train.TinyRun.Outcome;
import io.github.smartaug.transform.TransformSets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverfitShrinkageTest {
  private static final int EPOCHS = 30;
  private static final double MOST = 0.7;
  private static final double START = 0.5;

  private static final Hyperparameters RATE =
      new DifferentiableAdam()
          .defaults()
          .with(Hyperparameters.LEARNING_RATE, 0.1)
          .with(Hyperparameters.BETA1, 0.5);

  @TempDir private Path folder;

  @ParameterizedTest(name = "losses {0} and {1} after {2} of 10 epochs: {3}")
  @CsvSource({
    // The loss of a step has two terms: 1.6 is 0.8 an image.
    "1.6, 1, 5, 0",
    "1.5, 1, 5, 0",
    "1.25, 1, 5, 0.35",
    "1, 1, 5, 0.7",
    "0.1, 1, 5, 0.7",
    "0.1, 1, 3, 0.7",
    "0.1, 1, 2, 0",
    "0.1, 1, 0, 0",
    "0.1, NaN, 5, 0",
  })
  void a_policy_is_shrunk_by_how_much_smaller_the_loss_on_training_images_is(
      double training, double validation, int epochs, double shrinkage) {
    List<EpochReport> before = new ArrayList<>(alike(Math.min(epochs, 2), new MixedLoss(1)));
    before.addAll(Collections.nCopies(epochs - before.size(), report(training, validation)));

    assertThat(OverfitShrinkage.of(MOST, before, new MixedLoss(1), 10))
        .isCloseTo(shrinkage, within(1e-12));
  }

  @ParameterizedTest(name = "training losses {0}: {1}")
  @CsvSource({
    // The loss of a step has two terms: 1.5 is 3/4 of a validation loss of 1.
    "'1.4, 1.4, 1.4, 1.0', 0",
    "'2.0, 1.4, 1.4, 1.0', 0",
    "'1.4, 1.5, 1.4, 1.0', 0.7",
    "'1.4, 1.4, 1.5, 1.0', 0.7",
    // What is found at last, and lost again.
    "'1.4, 0.8, 0.6, 0.8, 1.2, 1.6, 1.2', 0.42",
  })
  void losses_that_were_never_alike_do_not_say_that_a_model_overfits(
      String losses, double shrinkage) {
    List<EpochReport> before =
        Stream.of(losses.split(", ")).map(l -> report(Double.parseDouble(l), 1)).toList();

    assertThat(OverfitShrinkage.of(MOST, before, new MixedLoss(1), 10))
        .isCloseTo(shrinkage, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"0, 0.625", "0.5, 0.9375", "1, 1.25", "3, 2.5"})
  void the_weight_of_augmented_images_makes_no_difference(double weight, double loss) {
    List<EpochReport> before = new ArrayList<>(alike(2, new MixedLoss(weight)));
    before.addAll(Collections.nCopies(3, report(loss, 1)));

    assertThat(OverfitShrinkage.of(MOST, before, new MixedLoss(weight), 10))
        .isCloseTo(MOST / 2, within(1e-12));
  }

  @Test
  void in_the_last_quarter_of_a_run_the_shrinkage_stays_as_it_is() {
    List<EpochReport> before = new ArrayList<>();
    for (int epoch = 1; epoch < 20; epoch++) {
      before.add(report(epoch < 15 ? 2 : epoch == 15 ? 1.25 : 0.1, 1));
      assertThat(OverfitShrinkage.of(MOST, before, new MixedLoss(1), 20))
          .isCloseTo(epoch < 15 ? 0 : MOST / 2, within(1e-12));
    }
  }

  /** Epochs in which an image of training had the loss of one of validation. */
  private static List<EpochReport> alike(int epochs, MixedLoss loss) {
    return Collections.nCopies(epochs, report(loss.terms(), 1));
  }

  private static EpochReport report(double training, double validation) {
    return MadeUpReport.of(1, training, validation, 0);
  }

  @Test
  void a_shrunk_scale_goes_that_share_of_the_way_back_and_forgets_nothing() {
    double[] shares = {0, 0, 0.25, 0.7, 0.7, 0};
    double[] free = scales(new double[shares.length]);
    double[] shrunk = scales(shares);

    double start = Math.log(0.1);
    for (int t = 0; t < free.length; t++) {
      double expected = start + (1 - shares[t]) * (Math.log(free[t]) - start);
      assertThat(Math.log(shrunk[t])).isCloseTo(expected, within(1e-12));
    }
  }

  @Test
  void a_scale_that_is_stronger_than_it_started_is_not_shrunk() {
    double[] upAndDown = {-1, -2, 0.5, 3, 4, 5, 6};
    double[] shares = {0.5, 0.7, 0.7, 0.25, 0.7, 0.7, 0};
    double[] free = scales(upAndDown, new double[shares.length]);
    double[] shrunk = scales(upAndDown, shares);

    assertThat(free[1]).isGreaterThan(0.1);
    assertThat(free[5]).isLessThan(0.1);
    double start = Math.log(0.1);
    for (int t = 0; t < free.length; t++) {
      double away = Math.log(free[t]) - start;
      double expected = start + (away > 0 ? away : (1 - shares[t]) * away);
      assertThat(Math.log(shrunk[t])).isCloseTo(expected, within(1e-12));
    }
  }

  @Test
  void without_shrinkage_a_scale_moves_by_adam_in_its_logarithm_to_the_bit() {
    double[] moved = new double[3];
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors logarithm = scale().map(Tensor::log);
      OptimizerState state = OptimizerState.initial();
      DifferentiableAdam adam = new DifferentiableAdam();
      for (int t = 0; t < moved.length; t++) {
        NamedTensors value = logarithm.map(Tensor::exp);
        logarithm = value.map(Tensor::log);
        Update update =
            adam.update(logarithm, value.combine(gradient(value, t + 1), Tensor::mul), state, RATE);
        logarithm = update.parameters();
        state = update.state();
        moved[t] = Tensors.toDoubles(logarithm.map(Tensor::exp).get("scale"))[0];
      }
    }

    assertThat(scales(0, 0, 0)).containsExactly(moved);
  }

  /** Where a scale is after each step with that shrinkage, and gradients by ratios of 1, 2, ... */
  private static double[] scales(double... shrinkage) {
    double[] byRatio = new double[shrinkage.length];
    Arrays.setAll(byRatio, t -> t + 1);
    return scales(byRatio, shrinkage);
  }

  private static double[] scales(double[] byRatio, double[] shrinkage) {
    double[] path = new double[shrinkage.length];
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors scale = scale();
      OptimizerState state = OptimizerState.initial();
      for (int t = 0; t < path.length; t++) {
        Update update =
            new ScaleSteps(shrinkage[t], ScaleUse.unknown(1))
                .update(scale, gradient(scale, byRatio[t]), state, RATE);
        scale = update.parameters();
        state = update.state();
        path[t] = Tensors.toDoubles(scale.get("scale"))[0];
      }
    }
    return path;
  }

  private static NamedTensors scale() {
    return NamedTensors.of("scale", Tensors.of(new double[] {0.1}, 1));
  }

  /** The same by ratios, wherever the scale is. */
  private static NamedTensors gradient(NamedTensors scale, double byRatio) {
    return scale.map((Tensor s) -> s.reciprocal().mul(new Scalar(byRatio)));
  }

  @Test
  void the_policy_of_a_model_that_overfits_stays_nearer_to_its_start() {
    try (TensorScope scope = TensorScope.open()) {
      Outcome free = TinyRun.outcome(trainer(0));
      Outcome shrunk = TinyRun.outcome(trainer(MOST));

      assertThat(shrinkages(free)).containsOnly(0.0);
      assertThat(shrinkages(shrunk).subList(0, 6)).containsOnly(0.0);
      assertThat(shrinkages(shrunk).get(EPOCHS - 1)).isEqualTo(MOST);
      assertThat(norm(learned(shrunk, LearnablePolicy.LOGITS)))
          .isLessThan(0.6 * norm(learned(free, LearnablePolicy.LOGITS)));
      assertThat(distance(learned(shrunk, LearnablePolicy.MAGNITUDES)))
          .isLessThan(0.8 * distance(learned(free, LearnablePolicy.MAGNITUDES)));
    }
  }

  @Test
  void a_run_stopped_while_its_policy_is_shrunk_goes_on_to_the_same_bits() {
    try (TensorScope scope = TensorScope.open()) {
      Outcome whole = TinyRun.outcome(trainer(MOST));
      CheckpointFolder checkpoints = new CheckpointFolder(folder);
      JointTrainer stopped = trainer(MOST).addListener(new CheckpointWriter(checkpoints));
      stopped.addListener(
          new TrainingListener() {
            @Override
            public void epochFinished(EpochReport report) {
              if (report.details().policyShrinkage() > 0) {
                stopped.stop();
              }
            }
          });
      assertThatThrownBy(stopped::train).isInstanceOf(CancellationException.class);

      assertThat(TinyRun.outcome(trainer(MOST).resumeFrom(checkpoints.readLast().orElseThrow())))
          .isEqualTo(whole);
    }
  }

  private static List<Double> shrinkages(Outcome outcome) {
    return outcome.epochs().stream().map(report -> report.details().policyShrinkage()).toList();
  }

  private static List<Double> learned(Outcome outcome, String parameter) {
    List<String> names = List.of(LearnablePolicy.LOGITS, LearnablePolicy.MAGNITUDES);
    return outcome.policy().orElseThrow().get(names.indexOf(parameter));
  }

  /** Of logits from their start, 1. */
  private static double norm(List<Double> logits) {
    return Math.sqrt(logits.stream().mapToDouble(l -> (l - 1) * (l - 1)).sum());
  }

  /** Of magnitudes from their start, in ratios. */
  private static double distance(List<Double> magnitudes) {
    return Math.sqrt(magnitudes.stream().mapToDouble(m -> Math.pow(Math.log(m / START), 2)).sum());
  }

  /** Of labels that can be learned by heart only. */
  private static JointTrainer trainer(double shrinkage) {
    MetaOptions meta =
        MetaOptions.recommended().toBuilder()
            .innerSteps(1)
            .estimator(new Trial(4))
            .choiceRule(new ChoiceRule.Evidence(1.5, shrinkage))
            .build();
    return new JointTrainer(
        SmallRun.perceptron(3),
        policy(),
        SmallRun.data(noise(1), noise(2)),
        new TrainingOptions(EPOCHS, InnerOptions.defaults(0.2), meta, 7));
  }

  private static IndependentPolicy policy() {
    return IndependentPolicy.initial(
        TransformSets.named("base"),
        PolicyOptions.learned(1).toBuilder()
            .probabilityGradient(ProbabilityGradient.SCORE_FUNCTION)
            .build());
  }

  private static FixedBatches noise(long seed) {
    RandomStream random = RandomStream.seeded(seed);
    return new FixedBatches(
        random.doubles(24 * 36).toArray(),
        random.longs(24, 0, 3).toArray(),
        new long[] {1, 6, 6},
        8);
  }
}
