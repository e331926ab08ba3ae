package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.augment.Augmented;
import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.augment.Draws;
import io.github.smartaug.augment.PolicySnapshot;
import io.github.smartaug.batch.Batch;
import io.github.smartaug.batch.Normalization;
import io.github.smartaug.checkpoint.Checkpoint;
import io.github.smartaug.checkpoint.CheckpointFolder;
import io.github.smartaug.loss.ImageObjective;
import io.github.smartaug.loss.MixedLoss;
import io.github.smartaug.loss.ValidationObjective;
import io.github.smartaug.meta.HypergradientEstimator;
import io.github.smartaug.meta.InnerState;
import io.github.smartaug.meta.InnerStep;
import io.github.smartaug.meta.Trajectory;
import io.github.smartaug.meta.Unrolled;
import io.github.smartaug.nn.Model;
import io.github.smartaug.optim.DifferentiableSgd;
import io.github.smartaug.optim.OptimizerState;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A policy of a user, which knows of no set of transforms, is learned by its own methods alone. */
class OwnPolicyTest {
  private static final double META_RATE = 0.01;

  @TempDir Path folder;

  /**
   * Dims each image by a share of its brightness that is drawn uniformly from 0 to a learned
   * strength.
   */
  private record Dimming(Tensor strength) implements Augmenter {
    private static final String STRENGTH = "strength";

    static Dimming of(double strength) {
      return new Dimming(Tensors.of(new float[] {(float) strength}, 1));
    }

    @Override
    public Draws draw(int images, RandomGenerator random) {
      return new Draws(new int[1][images], new double[][] {random.doubles(images).toArray()});
    }

    @Override
    public Augmented apply(Tensor images, Draws draws) {
      try (TensorScope scope = TensorScope.open()) {
        Tensor uniforms = Tensors.constant(draws.uniforms()[0], images, draws.images(), 1, 1, 1);
        Tensor kept = strength.mul(uniforms).neg().add(new Scalar(1.0));
        return Augmented.unweighted(images.mul(kept)).keptBy(scope);
      }
    }

    @Override
    public NamedTensors learnedParameters() {
      return NamedTensors.of(STRENGTH, strength);
    }

    @Override
    public Dimming withParameters(NamedTensors replaced) {
      return new Dimming(replaced.get(STRENGTH));
    }

    @Override
    public NamedTensors project(NamedTensors moved) {
      ScalarOptional none = new ScalarOptional(new Scalar(0.0));
      ScalarOptional all = new ScalarOptional(new Scalar(1.0));
      return moved.map((name, tensor) -> name.equals(STRENGTH) ? tensor.clamp(none, all) : tensor);
    }

    @Override
    public Optional<Tensor> penalty() {
      return Optional.of(strength.square().mean());
    }

    @Override
    public PolicySnapshot snapshot(int epoch) {
      return new PolicySnapshot(epoch, List.of(), List.of(value()), temperature());
    }

    double value() {
      return Tensors.item(strength);
    }
  }

  @Test
  void its_hypergradient_is_the_derivative_of_the_outer_loss() {
    try (TensorScope scope = TensorScope.open()) {
      Hypergradients problem = new Hypergradients();
      for (int steps : new int[] {1, 3}) {
        double step = 1e-4;
        double difference =
            (problem.at(0.4 + step, steps).outerLoss() - problem.at(0.4 - step, steps).outerLoss())
                / (2 * step);
        double gradient = Tensors.item(problem.at(0.4, steps).gradient().get(Dimming.STRENGTH));
        assertThat(Math.abs(difference)).isGreaterThan(1e-3);
        assertThat(gradient).isCloseTo(difference, within(1e-6 * Math.abs(difference)));
      }
    }
  }

  @Test
  void one_meta_step_of_the_trainer_moves_it_by_the_meta_learning_rate() {
    try (TensorScope scope = TensorScope.open();
        TrainingResult result = train(0.5, options(1, 3, META_RATE, 0.001))) {
      // The first step of Adam is as long as its learning rate.
      assertThat(Math.abs(strength(result) - 0.5)).isCloseTo(META_RATE, within(1e-5));
    }
  }

  @Test
  void its_penalty_counts_in_the_outer_loss() {
    try (TensorScope scope = TensorScope.open();
        TrainingResult drawn = train(0.5, options(1, 3, META_RATE, 1e4));
        TrainingResult pushed = train(0.5, options(1, 3, META_RATE, -0.0))) {
      assertThat(strength(drawn)).isCloseTo(0.5 - META_RATE, within(1e-5));
      assertThat(drawn.last().trainLoss()).isEqualTo(pushed.last().trainLoss());
    }
  }

  @Test
  void it_is_brought_back_into_its_range() {
    try (TensorScope scope = TensorScope.open();
        TrainingResult result = train(0.5, options(1, 3, 7, 1e4))) {
      assertThat(strength(result)).isZero();
    }
  }

  @Test
  void its_history_is_in_the_reports_of_the_epochs() {
    try (TensorScope scope = TensorScope.open();
        TrainingResult result = train(0.5, options(2, 1, META_RATE, 0.001))) {
      assertThat(result.epochs())
          .extracting(report -> report.policyParameters().magnitudes().size())
          .containsExactly(1, 1);
      assertThat(result.last().policyParameters()).isEqualTo(result.augmenter().snapshot(2));
      assertThat(result.last().policy()).isEmpty();
      assertThat(result.last().temperature()).isNaN();
    }
  }

  @Test
  void a_resumed_run_ends_with_the_same_bits() {
    try (TensorScope scope = TensorScope.open();
        TrainingResult whole = train(0.5, options(2, 1, META_RATE, 0.001))) {
      CheckpointFolder checkpoints = new CheckpointFolder(folder);
      trainer(0.5, options(2, 1, META_RATE, 0.001))
          .addListener(
              new TrainingListener() {
                @Override
                public void resumable(ResumePoint point) {
                  if (point.occasion() == ResumePoint.Occasion.EPOCH && checkpoints.isEmpty()) {
                    checkpoints.write(point.checkpoint());
                  }
                }
              })
          .train()
          .close();
      Checkpoint saved = checkpoints.readLast().orElseThrow();
      assertThat(saved.epoch()).isEqualTo(2);
      // What it starts with makes no difference any more.
      try (TrainingResult resumed =
          trainer(0.9, options(2, 1, META_RATE, 0.001)).resumeFrom(saved).train()) {
        assertThat(strength(resumed)).isEqualTo(strength(whole));
        assertThat(resumed.last().trainLoss()).isEqualTo(whole.last().trainLoss());
      }
    }
  }

  private static double strength(TrainingResult result) {
    return ((Dimming) result.augmenter()).value();
  }

  private static TrainingResult train(double strength, TrainingOptions options) {
    return trainer(strength, options).train();
  }

  private static JointTrainer trainer(double strength, TrainingOptions options) {
    return new JointTrainer(SmallRun.perceptron(3), Dimming.of(strength), SmallRun.data(), options);
  }

  private static TrainingOptions options(
      int epochs, int innerSteps, double metaRate, double penalty) {
    MetaOptions meta = new MetaOptions(innerSteps, new Unrolled(), metaRate, penalty);
    return new TrainingOptions(epochs, InnerOptions.defaults(0.05), meta, 7);
  }

  /** Bilevel steps in float64. */
  private static final class Hypergradients {
    private static final Normalization NORMALIZATION =
        new Normalization(List.of(0.5), List.of(0.3));
    private static final HypergradientEstimator ESTIMATOR = new Unrolled();

    private final Model model = SmallRun.perceptron(3);
    private final MixedLoss loss = new MixedLoss(1);
    private final Batch training = batch(1);
    private final Batch validation = batch(2);
    private final InnerState start =
        new InnerState(
            model
                .initialParameters(RandomStream.seeded(3))
                .map((Tensor t) -> t.to(ScalarType.Double)),
            OptimizerState.initial(),
            NamedTensors.empty());

    private static Batch batch(long seed) {
      Batch floats = SmallRun.images(4, 3, 4, seed).batch(1, 0);
      return new Batch(floats.images().to(ScalarType.Double), floats.labels());
    }

    Trajectory.Hypergradient at(double strength, int steps) {
      Augmenter policy = new Dimming(Tensors.of(new double[] {strength}, 1));
      InnerStep step = new InnerStep(new DifferentiableSgd(), Optional.empty());
      try (Trajectory trajectory =
          ESTIMATOR.start(step, start, policy.learnedParameters(), steps)) {
        for (int t = 0; t < steps; t++) {
          Draws draws = policy.draw(4, RandomStream.seeded(t));
          trajectory.step(
              new ImageObjective(model, NORMALIZATION, loss, policy, training, draws, t),
              InnerOptions.defaults(0.5).hyperparameters(0, 1));
        }
        return trajectory.hypergradient(
            new ValidationObjective(model, NORMALIZATION, validation, policy, 0.1));
      }
    }
  }
}
