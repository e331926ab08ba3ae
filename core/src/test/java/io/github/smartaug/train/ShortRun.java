package io.github.smartaug.train;

import io.github.smartaug.augment.IndependentPolicy;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.augment.ProbabilityGradient;
import io.github.smartaug.batch.Batch;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.batch.Normalization;
import io.github.smartaug.loss.ImageObjective;
import io.github.smartaug.loss.MixedLoss;
import io.github.smartaug.loss.ValidationObjective;
import io.github.smartaug.meta.HypergradientEstimator;
import io.github.smartaug.meta.InnerObjective;
import io.github.smartaug.meta.InnerState;
import io.github.smartaug.meta.InnerStep;
import io.github.smartaug.meta.Trajectory;
import io.github.smartaug.meta.Unrolled;
import io.github.smartaug.nn.Model;
import io.github.smartaug.optim.DifferentiableSgd;
import io.github.smartaug.optim.GradientClipping;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.optim.OptimizerState;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.TransformSets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A few inner steps on seven random images, with a clip that is active, and their hypergradient.
 */
final class ShortRun {
  private static final int IMAGES = 7;
  private static final Normalization NORMALIZATION =
      new Normalization(List.of(0.5, 0.5, 0.5), List.of(0.3, 0.3, 0.3));

  private final RandomStream random = RandomStream.seeded(11);
  private final ScalarType type;
  private final Model trained;
  private final Model validated;
  private final IndependentPolicy policy;
  private final InnerState start;
  private final Batch batch;

  /**
   * Tensors belong to the caller's scope.
   *
   * @param type of all numbers
   * @param trained the model in inner steps
   * @param validated the same function, for the validation loss
   */
  ShortRun(ScalarType type, Model trained, Model validated) {
    this.type = type;
    this.trained = trained;
    this.validated = validated;
    this.policy = policy(ProbabilityGradient.LOSS_WEIGHT);
    this.start =
        new InnerState(
            cast(trained.initialParameters(random)),
            OptimizerState.initial(),
            cast(trained.initialBuffers()));
    ImageShape shape = trained.input();
    int pixels = IMAGES * shape.channels() * shape.height() * shape.width();
    this.batch =
        new Batch(
            Tensors.of(
                    random.doubles(pixels).toArray(),
                    IMAGES,
                    shape.channels(),
                    shape.height(),
                    shape.width())
                .to(type),
            Tensors.of(random.longs(IMAGES, 0, trained.classes()).toArray(), IMAGES));
  }

  private IndependentPolicy policy(ProbabilityGradient gradient) {
    IndependentPolicy fresh =
        IndependentPolicy.initial(
            TransformSets.named("inverse-scale-wide"),
            PolicyOptions.learned(2).toBuilder().probabilityGradient(gradient).build());
    // Logits that differ, so that loss weights do.
    Tensor logits = fresh.parameters().get(IndependentPolicy.LOGITS).cumsum(0).mul(new Scalar(0.1));
    return fresh.withParameters(
        cast(fresh.parameters().with(NamedTensors.of(IndependentPolicy.LOGITS, logits))));
  }

  private NamedTensors cast(NamedTensors tensors) {
    return tensors.map((Tensor t) -> t.is_floating_point() ? t.to(type) : t);
  }

  /** The state after a step of plain training. */
  InnerState plainStep(Function<ImageObjective, InnerObjective> seenAs) {
    return step()
        .plain(start, seenAs.apply(objective(0)), policy.learnedParameters(), hyperparameters())
        .state();
  }

  /** The hypergradient after some steps. */
  NamedTensors hypergradient(int steps, Function<ImageObjective, InnerObjective> seenAs) {
    return hypergradient(step(), steps, seenAs);
  }

  /** The same by any estimator, with a probe on some of the images if it takes one. */
  NamedTensors hypergradient(HypergradientEstimator estimator, int steps) {
    try (Trajectory trajectory =
        estimator.start(step(), start, policy.learnedParameters(), steps)) {
      for (int t = 0; t < steps; t++) {
        trajectory.step(t == steps - 1 ? last(estimator, t) : objective(t), hyperparameters());
      }
      return trajectory
          .hypergradient(new ValidationObjective(validated, NORMALIZATION, batch, policy, 0.001))
          .gradient();
    }
  }

  private ImageObjective last(HypergradientEstimator estimator, int step) {
    if (estimator.probeImages().isEmpty()) {
      return objective(step);
    }
    Batch few = batch.first(estimator.probeImages().getAsInt());
    IndependentPolicy probed = policy(ProbabilityGradient.SCORE_FUNCTION);
    return objective(step, probed)
        .withProbe(
            few, ImageObjective.drawProbe(probed, few, RandomStream.seeded(5)).orElseThrow());
  }

  /** The same by another step. */
  NamedTensors hypergradient(
      InnerStep step, int steps, Function<ImageObjective, InnerObjective> seenAs) {
    try (Trajectory trajectory =
        new Unrolled().start(step, start, policy.learnedParameters(), steps)) {
      for (int t = 0; t < steps; t++) {
        trajectory.step(seenAs.apply(objective(t)), hyperparameters());
      }
      return trajectory
          .hypergradient(new ValidationObjective(validated, NORMALIZATION, batch, policy, 0.001))
          .gradient();
    }
  }

  private ImageObjective objective(int step) {
    return objective(step, policy);
  }

  private ImageObjective objective(int step, IndependentPolicy used) {
    return new ImageObjective(
        trained,
        NORMALIZATION,
        new MixedLoss(1),
        used,
        batch,
        used.draw(IMAGES, RandomStream.seeded(step)),
        step);
  }

  static InnerStep step() {
    return new InnerStep(new DifferentiableSgd(), Optional.of(new GradientClipping(0.1)));
  }

  private static Hyperparameters hyperparameters() {
    return new DifferentiableSgd()
        .defaults()
        .with(Hyperparameters.LEARNING_RATE, 0.1)
        .with(Hyperparameters.MOMENTUM, 0.9);
  }
}
