package io.github.smartaug.train;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.meta.InnerObjective;
import io.github.smartaug.meta.InnerStep;
import io.github.smartaug.meta.Unrolled;
import io.github.smartaug.nn.Models;
import io.github.smartaug.optim.DifferentiableSgd;
import io.github.smartaug.optim.GradientClipping;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A first step's directional derivative against second derivatives by autograd. */
class LinearizedHypergradientTest {
  private static final InnerStep STEP =
      new InnerStep(new DifferentiableSgd(), Optional.of(new GradientClipping(0.1)));
  private static final Hyperparameters HYPERPARAMETERS =
      new DifferentiableSgd()
          .defaults()
          .with(Hyperparameters.LEARNING_RATE, 0.1)
          .with(Hyperparameters.MOMENTUM, 0.9);

  @ParameterizedTest
  @CsvSource({"lenet, 28, 1", "lenet, 28, 3", "mlp, 8, 1", "resnet18, 32, 1", "resnet18, 32, 2"})
  void both_ways_give_the_same_hypergradient_in_float64(String name, int size, int steps) {
    try (TensorScope scope = TensorScope.open()) {
      ImageProblem problem =
          new ImageProblem(
              Models.create(name, new ImageShape(3, size, size), 10), ScalarType.Double);

      NamedTensors linearized = hypergradient(problem, steps, UnaryOperator.identity());

      NamedTensors byAutograd =
          hypergradient(problem, steps, LinearizedHypergradientTest::evaluationOnly);
      EqualToRounding.require(linearized, byAutograd);
    }
  }

  @ParameterizedTest
  @CsvSource({"lenet, 28", "mlp, 8", "resnet18, 32"})
  void both_ways_give_the_same_hypergradient_of_a_probe(String name, int size) {
    try (TensorScope scope = TensorScope.open()) {
      ImageProblem problem =
          new ImageProblem(
              Models.create(name, new ImageShape(3, size, size), 10), ScalarType.Double);

      NamedTensors linearized = problem.probed(STEP, HYPERPARAMETERS, UnaryOperator.identity());

      NamedTensors byAutograd =
          problem.probed(STEP, HYPERPARAMETERS, LinearizedHypergradientTest::evaluationOnly);
      EqualToRounding.require(linearized, byAutograd);
    }
  }

  private static NamedTensors hypergradient(
      ImageProblem problem, int steps, UnaryOperator<InnerObjective> seenAs) {
    return problem.hypergradient(new Unrolled(), STEP, HYPERPARAMETERS, steps, seenAs);
  }

  /** The same objective without its linearization. */
  private static InnerObjective evaluationOnly(InnerObjective objective) {
    return (parameters, buffers, meta) -> objective.evaluate(parameters, buffers, meta);
  }
}
