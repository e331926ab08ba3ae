package io.github.smartaug.train;

import io.github.smartaug.augment.IndependentPolicy;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.augment.ProbabilityGradient;
import io.github.smartaug.batch.Batch;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.batch.Normalization;
import io.github.smartaug.loss.ImageObjective;
import io.github.smartaug.loss.MixedLoss;
import io.github.smartaug.loss.OuterLoss;
import io.github.smartaug.loss.ValidationObjective;
import io.github.smartaug.meta.HypergradientEstimator;
import io.github.smartaug.meta.InnerObjective;
import io.github.smartaug.meta.InnerState;
import io.github.smartaug.meta.InnerStep;
import io.github.smartaug.meta.PairedProbe;
import io.github.smartaug.meta.Trajectory;
import io.github.smartaug.nn.Model;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.optim.OptimizerState;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.TransformSets;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Training and validation of a model and a learned policy on a few random images. */
final class ImageProblem {
  private static final int IMAGES = 3;

  private final RandomStream random = RandomStream.seeded(11);
  private final Normalization normalization =
      new Normalization(List.of(0.5, 0.5, 0.5), List.of(0.3, 0.3, 0.3));
  private final Model model;
  private final ScalarType type;
  private final IndependentPolicy policy;
  private final InnerState start;
  private final Batch batch;

  /** Tensors belong to the caller's scope. */
  ImageProblem(Model model, ScalarType type) {
    this.model = model;
    this.type = type;
    IndependentPolicy fresh =
        IndependentPolicy.initial(
            TransformSets.named("inverse-scale-wide"), PolicyOptions.learned(2));
    this.policy = fresh.withParameters(converted(fresh.parameters()));
    this.start =
        new InnerState(
            converted(model.initialParameters(random)),
            OptimizerState.initial(),
            converted(model.initialBuffers()));
    ImageShape shape = model.input();
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
            Tensors.of(random.longs(IMAGES, 0, model.classes()).toArray(), IMAGES));
  }

  private NamedTensors converted(NamedTensors tensors) {
    return tensors.map((Tensor t) -> t.is_floating_point() ? t.to(type) : t);
  }

  /** The hypergradient after a few steps, in the caller's scope. */
  NamedTensors hypergradient(
      HypergradientEstimator estimator,
      InnerStep step,
      Hyperparameters hyperparameters,
      int steps,
      UnaryOperator<InnerObjective> seenAs) {
    RandomStream draws = RandomStream.seeded(5);
    try (Trajectory trajectory = estimator.start(step, start, policy.learnedParameters(), steps)) {
      for (int t = 0; t < steps; t++) {
        trajectory.step(seenAs.apply(objective(draws, t)), hyperparameters);
      }
      return trajectory
          .hypergradient(new ValidationObjective(model, normalization, batch, policy, 0.001))
          .gradient();
    }
  }

  /** The hypergradient of one step by a probe of some of the images. */
  NamedTensors probed(
      InnerStep step, Hyperparameters hyperparameters, UnaryOperator<InnerObjective> probeSeenAs) {
    PolicyOptions options =
        policy.options().toBuilder()
            .probabilityGradient(ProbabilityGradient.SCORE_FUNCTION)
            .build();
    IndependentPolicy drawn =
        new IndependentPolicy(policy.transforms(), options, policy.parameters());
    RandomStream draws = RandomStream.seeded(6);
    Batch few = batch.first(3);
    ImageObjective whole =
        new ImageObjective(
            model, normalization, new MixedLoss(1), drawn, batch, drawn.draw(IMAGES, draws), 0);
    ImageObjective withProbe =
        whole.withProbe(few, ImageObjective.drawProbe(drawn, few, draws).orElseThrow());
    InnerObjective seen =
        new InnerObjective() {
          @Override
          public Evaluation evaluate(
              NamedTensors parameters, NamedTensors buffers, NamedTensors meta) {
            return withProbe.evaluate(parameters, buffers, meta);
          }

          @Override
          public Optional<InnerObjective> probe() {
            return withProbe.probe().map(probeSeenAs);
          }
        };
    try (Trajectory trajectory =
        new PairedProbe(3).start(step, start, drawn.learnedParameters(), 1)) {
      trajectory.step(seen, hyperparameters);
      return trajectory
          .hypergradient(
              new ValidationObjective(model, normalization, batch, drawn, 0, OuterLoss.CALIBRATED))
          .gradient();
    }
  }

  private ImageObjective objective(RandomStream draws, int seed) {
    return new ImageObjective(
        model, normalization, new MixedLoss(1), policy, batch, policy.draw(IMAGES, draws), seed);
  }
}
