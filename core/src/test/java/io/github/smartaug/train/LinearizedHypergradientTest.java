package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.augment.LearnedPolicy;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.meta.InnerObjective;
import io.github.smartaug.meta.InnerState;
import io.github.smartaug.meta.InnerStep;
import io.github.smartaug.meta.Trajectory;
import io.github.smartaug.meta.Unrolled;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.Models;
import io.github.smartaug.optim.GradientClipping;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.optim.OptimizerState;
import io.github.smartaug.optim.Sgd;
import io.github.smartaug.tensor.ImageShape;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.RandomStream;
import io.github.smartaug.tensor.Scope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.TransformSets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A first step's directional derivative against second derivatives by autograd. */
class LinearizedHypergradientTest {
  private static final int IMAGES = 6;

  @ParameterizedTest
  @CsvSource({"lenet, 28, 1", "lenet, 28, 3", "mlp, 8, 1", "resnet18, 32, 1", "resnet18, 32, 2"})
  void both_ways_give_the_same_hypergradient_in_float64(String name, int size, int steps) {
    try (Scope scope = Scope.open()) {
      Problem problem = new Problem(Models.create(name, new ImageShape(3, size, size), 10));

      NamedTensors linearized = problem.hypergradient(steps, UnaryOperator.identity());

      NamedTensors byAutograd = problem.hypergradient(steps, Problem::evaluationOnly);

      for (String parameter : byAutograd.names()) {
        double[] expected = Tensors.toDoubles(byAutograd.get(parameter));
        double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
        assertThat(largest).as(parameter).isPositive();
        assertThat(Tensors.toDoubles(linearized.get(parameter)))
            .as(parameter)
            .containsExactly(expected, within(1e-9 * largest));
      }
    }
  }

  /** Training and validation on a few random images, with a clip that is active. */
  private static final class Problem {
    private final RandomStream random = RandomStream.seeded(11);
    private final Model model;
    private final LearnedPolicy policy;
    private final InnerState start;
    private final Batch batch;
    private final Normalization normalization =
        new Normalization(List.of(0.5, 0.5, 0.5), List.of(0.3, 0.3, 0.3));

    Problem(Model model) {
      this.model = model;
      LearnedPolicy fresh =
          LearnedPolicy.initial(
              TransformSets.named("inverse-scale-wide"), PolicyOptions.learned(2));
      this.policy = fresh.withParameters(doubles(fresh.parameters()));
      this.start =
          new InnerState(
              doubles(model.initialParameters(random)),
              OptimizerState.initial(),
              doubles(model.initialBuffers()));
      ImageShape shape = model.input();
      int pixels = IMAGES * shape.channels() * shape.height() * shape.width();
      this.batch =
          new Batch(
              Tensors.of(
                  random.doubles(pixels).toArray(),
                  IMAGES,
                  shape.channels(),
                  shape.height(),
                  shape.width()),
              Tensors.of(random.longs(IMAGES, 0, 10).toArray(), IMAGES));
    }

    private static NamedTensors doubles(NamedTensors tensors) {
      return tensors.map((Tensor t) -> t.is_floating_point() ? t.to(ScalarType.Double) : t);
    }

    /** The same objective without its linearization. */
    static InnerObjective evaluationOnly(InnerObjective objective) {
      return (parameters, buffers, meta) -> objective.evaluate(parameters, buffers, meta);
    }

    NamedTensors hypergradient(int steps, UnaryOperator<InnerObjective> seenAs) {
      RandomStream draws = RandomStream.seeded(5);
      InnerStep step = new InnerStep(new Sgd(), Optional.of(new GradientClipping(0.1)));
      Hyperparameters hyperparameters =
          new Sgd()
              .defaults()
              .with(Hyperparameters.LEARNING_RATE, 0.1)
              .with(Hyperparameters.MOMENTUM, 0.9);
      try (Trajectory trajectory = new Unrolled().start(step, start, policy.learnedParameters(), steps)) {
        for (int t = 0; t < steps; t++) {
          ImageObjective objective =
              new ImageObjective(
                  model,
                  normalization,
                  new MixedLoss(1),
                  policy,
                  batch,
                  policy.draw(IMAGES, draws),
                  t);
          trajectory.step(seenAs.apply(objective), hyperparameters);
        }
        return trajectory
            .hypergradient(new ValidationObjective(model, normalization, batch, policy, 0.001))
            .gradient();
      }
    }
  }
}
