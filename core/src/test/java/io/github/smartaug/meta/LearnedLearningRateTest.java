package io.github.smartaug.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.smartaug.optim.DifferentiableAdam;
import io.github.smartaug.optim.DifferentiableOptimizer;
import io.github.smartaug.optim.DifferentiableSgd;
import io.github.smartaug.optim.GradientClipping;
import io.github.smartaug.optim.Hyperparameter;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.optim.OptimizerState;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Gradient descent on {@code (a x^2 + b y^2) / 2} from (1, 1) has after K steps the loss {@code (a
 * (1 - rate a)^2K + b (1 - rate b)^2K) / 2}, whose minimum over the rate is known.
 */
class LearnedLearningRateTest {
  private static final double[] CURVATURES = {1, 3};

  @ParameterizedTest
  @CsvSource({"1, 0.01", "1, 0.6", "5, 0.02", "5, 0.65"})
  void the_best_learning_rate_is_found_by_hypergradients(int steps, double initial) {
    assertThat(learnedRate(steps, initial)).isCloseTo(bestRate(steps), withinPercentage(10));
  }

  /** By the closed form, on a fine grid. */
  private static double bestRate(int steps) {
    double best = 0;
    double smallest = Double.POSITIVE_INFINITY;
    for (double rate = 0.001; rate < 1; rate += 0.001) {
      double loss = 0;
      for (double a : CURVATURES) {
        loss += a * Math.pow(1 - rate * a, 2.0 * steps) / 2;
      }
      if (loss < smallest) {
        smallest = loss;
        best = rate;
      }
    }
    return best;
  }

  private static double learnedRate(int steps, double initial) {
    InnerStep step = new InnerStep(new DifferentiableSgd(), Optional.empty());
    DifferentiableAdam adam = new DifferentiableAdam();
    MetaOptimizer metaOptimizer =
        new MetaOptimizer(
            adam,
            adam.defaults().with(Hyperparameters.LEARNING_RATE, 0.05),
            new GradientClipping(1),
            UnaryOperator.identity());
    HyperparameterSource source =
        meta ->
            new DifferentiableSgd()
                .defaults()
                .with(Hyperparameters.LEARNING_RATE, Hyperparameter.learned(meta.get("log").exp()));
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors meta = NamedTensors.of("log", Tensors.of(new double[] {Math.log(initial)}));
      OptimizerState state = OptimizerState.initial();
      for (int cycle = 0; cycle < 150; cycle++) {
        try (Trajectory trajectory = new Unrolled().start(step, start(), meta, steps)) {
          for (int t = 0; t < steps; t++) {
            trajectory.step(
                (parameters, buffers, m) ->
                    new InnerObjective.Evaluation(loss(parameters), buffers),
                source);
          }
          NamedTensors gradient =
              trajectory.hypergradient((parameters, buffers, m) -> loss(parameters)).gradient();
          DifferentiableOptimizer.Update update = metaOptimizer.update(meta, gradient, state);
          meta = update.parameters();
          state = update.state();
        }
      }
      return Math.exp(Tensors.item(meta.get("log")));
    }
  }

  private static InnerState start() {
    NamedTensors parameters = NamedTensors.of("x", Tensors.of(new double[] {1, 1}, 2));
    return new InnerState(parameters, OptimizerState.initial(), NamedTensors.empty());
  }

  private static Tensor loss(NamedTensors parameters) {
    Tensor curvatures = Tensors.of(CURVATURES, 2);
    return parameters.get("x").square().dot(curvatures).div(new Scalar(2));
  }
}
