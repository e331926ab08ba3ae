package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.augment.LearnablePolicy;
import io.github.smartaug.batch.Batch;
import io.github.smartaug.loss.ImageObjective;
import io.github.smartaug.loss.ValidationObjective;
import io.github.smartaug.meta.ConjugateGradient;
import io.github.smartaug.meta.InnerState;
import io.github.smartaug.meta.Trajectory;
import io.github.smartaug.nn.Model;
import io.github.smartaug.optim.OptimizerState;
import io.github.smartaug.optim.Schedule;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.train.MetaOptions.RateDependence;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the schedule of the learning rate does to meta steps. */
class LearningRateInHypergradientTest {
  private static final Model MODEL = SmallRun.perceptron(3);
  private static final double RHO = 0.001;

  /** Nothing in epoch 1, a hundredth in epoch 2, all in epoch 3. */
  private static final Schedule STEPS = (epoch, epochs) -> new double[] {0, 0.01, 1}[epoch];

  @Test
  void at_learning_rate_zero_there_are_no_meta_steps() {
    try (TensorScope scope = TensorScope.open();
        TrainingResult result = train(RateDependence.DIVIDED_OUT)) {
      assertThat(result.epochs().get(0).policy()).isEqualTo(PolicyReports.of(SmallRun.policy()));
      assertThat(result.epochs().get(1).policy()).isNotEqualTo(result.epochs().get(0).policy());
    }
  }

  /** Three steps of Adam at 0.01, which the penalty alone decides. */
  @Test
  void the_ancestor_s_way_moves_all_magnitudes_alike_at_learning_rate_zero() {
    try (TensorScope scope = TensorScope.open();
        TrainingResult result = train(RateDependence.LEFT_IN)) {
      double[] moved =
          result.epochs().get(0).policy().stream()
              .mapToDouble(TransformReport::magnitude)
              .filter(magnitude -> magnitude < 1)
              .toArray();
      assertThat(moved).isNotEmpty();
      assertThat(Arrays.stream(moved).boxed()).allMatch(m -> Math.abs(m - 0.53) < 1e-4);
    }
  }

  private static TrainingResult train(RateDependence dependence) {
    return SmallRun.train(MODEL, SmallRun.policy(), options(dependence, RHO));
  }

  /**
   * What Adam remembers after one step, a tenth of what it was fed: the derivative through a step
   * from the same weights is proportional to the learning rate but for its curvature.
   */
  @ParameterizedTest
  @ValueSource(doubles = {0, RHO, 10})
  void a_late_epoch_feeds_what_an_early_one_does(double regularizer) {
    try (TensorScope scope = TensorScope.open()) {
      TrainingOptions options = options(RateDependence.DIVIDED_OUT, regularizer);
      double[] early = fed(options, 3);
      double[] late = fed(options, 2);
      double largest = Arrays.stream(early).map(Math::abs).max().orElseThrow();
      assertThat(late).containsExactly(early, within(0.02 * largest));
    }
  }

  @Test
  void the_ancestor_feeds_what_is_left_of_the_learning_rate() {
    try (TensorScope scope = TensorScope.open()) {
      TrainingOptions options = options(RateDependence.LEFT_IN, 0);
      double[] early = fed(options, 3);
      double[] expected = Arrays.stream(early).map(value -> value / 100).toArray();
      double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
      assertThat(fed(options, 2)).containsExactly(expected, within(0.02 * largest));
    }
  }

  /** Its solution does not depend on the learning rate, so that there is nothing to divide out. */
  @Test
  void conjugate_gradients_are_taken_as_they_are() {
    TrainingOptions options = options(RateDependence.DIVIDED_OUT, RHO);
    MetaOptions meta = options.meta().toBuilder().estimator(new ConjugateGradient(3)).build();
    EpochControls controls = new EpochControls(MODEL, options.toBuilder().meta(meta).build(), 2);

    assertThat(controls.hypergradientFactor()).isEqualTo(1);
    assertThat(controls.penaltyFactor()).isEqualTo(RHO);
  }

  @Test
  void the_meta_optimizer_forgets_within_a_run() {
    assertThat(MetaOptions.defaults(1).beta2()).isEqualTo(0.99);
    assertThat(MetaOptions.original(1).beta2()).isEqualTo(0.999);
    try (TensorScope scope = TensorScope.open()) {
      double[] remembered = memory(options(RateDependence.DIVIDED_OUT, 0), 3, "exp_avg_sq");
      double[] fed = fed(options(RateDependence.DIVIDED_OUT, 0), 3);
      for (int i = 0; i < fed.length; i++) {
        double expected = 0.01 * fed[i] * fed[i];
        assertThat(remembered[i]).isCloseTo(expected, within(1e-4 * expected + 1e-15));
      }
    }
  }

  /** The hypergradient as Adam saw it in an epoch, after clipping to norm 1. */
  private static double[] fed(TrainingOptions options, int epoch) {
    return Arrays.stream(memory(options, epoch, "exp_avg")).map(value -> 10 * value).toArray();
  }

  private static double[] memory(TrainingOptions options, int epoch, String slot) {
    LearnablePolicy policy = SmallRun.policy();
    policy = policy.withParameters(inDoubles(policy.parameters()));
    EpochControls controls = new EpochControls(MODEL, options, epoch);
    Batch batch = inDoubles(SmallRun.data().training().batch(0, 0));
    InnerState start =
        new InnerState(
            inDoubles(MODEL.initialParameters(RandomStream.seeded(1))),
            OptimizerState.initial(),
            MODEL.initialBuffers());
    try (Trajectory trajectory =
        options
            .meta()
            .estimator()
            .start(options.inner().step(), start, policy.learnedParameters(), 1)) {
      trajectory.step(
          new ImageObjective(
              MODEL,
              SmallRun.data().normalization(),
              options.inner().loss(),
              policy,
              batch,
              policy.draw(batch.size(), RandomStream.seeded(2)),
              0),
          options.inner().hyperparameters(epoch - 1, options.epochs()));
      ValidationObjective outer =
          new ValidationObjective(
              MODEL,
              SmallRun.data().normalization(),
              inDoubles(SmallRun.data().validation().batch(0, 0)),
              policy,
              controls.penaltyFactor());
      return controls
          .metaOptimizer(policy, policy::project, List.of())
          .update(
              policy.learnedParameters(),
              trajectory.hypergradient(outer).gradient(),
              OptimizerState.initial())
          .state()
          .slots()
          .get(slot)
          .tensors()
          .stream()
          .flatMapToDouble(tensor -> Arrays.stream(Tensors.toDoubles(tensor)))
          .toArray();
    }
  }

  private static NamedTensors inDoubles(NamedTensors tensors) {
    return tensors.map((Tensor tensor) -> tensor.to(ScalarType.Double));
  }

  private static Batch inDoubles(Batch batch) {
    return new Batch(batch.images().to(ScalarType.Double), batch.labels());
  }

  private static TrainingOptions options(RateDependence dependence, double regularizer) {
    return TrainingOptions.builder()
        .epochs(3)
        .seed(7)
        .inner(InnerOptions.defaults(1e-5).toBuilder().schedule(STEPS).build())
        .meta(
            MetaOptions.builder()
                .magnitudeRegularizer(regularizer)
                .rateDependence(dependence)
                .build())
        .build();
  }
}
