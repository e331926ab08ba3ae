package io.github.smartaug.meta;

import io.github.smartaug.optim.DifferentiableOptimizer;
import io.github.smartaug.optim.GradientClipping;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.optim.OptimizerState;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * The outer step: the hypergradient, times a factor and clipped by its global norm, updates the
 * meta parameters, which are then brought back into their allowed ranges.
 *
 * @param optimizer update rule, usually Adam
 * @param hyperparameters its hyperparameters
 * @param factor of the hypergradient
 * @param clipping of the hypergradient after that
 * @param projection brings updated meta parameters back into their ranges
 */
public record MetaOptimizer(
    DifferentiableOptimizer optimizer,
    Hyperparameters hyperparameters,
    double factor,
    GradientClipping clipping,
    UnaryOperator<NamedTensors> projection) {
  /** An outer step that takes the hypergradient as it is. */
  public MetaOptimizer(
      DifferentiableOptimizer optimizer,
      Hyperparameters hyperparameters,
      GradientClipping clipping,
      UnaryOperator<NamedTensors> projection) {
    this(optimizer, hyperparameters, 1, clipping, projection);
  }

  /** The same with another learning rate. */
  public MetaOptimizer withLearningRate(double rate) {
    return new MetaOptimizer(
        optimizer,
        hyperparameters.with(Hyperparameters.LEARNING_RATE, rate),
        factor,
        clipping,
        projection);
  }

  /** The same with that factor of the hypergradient. */
  public MetaOptimizer withFactor(double ofHypergradient) {
    return new MetaOptimizer(optimizer, hyperparameters, ofHypergradient, clipping, projection);
  }

  /** Does one step; results are without history and in the caller's scope. */
  public DifferentiableOptimizer.Update update(
      NamedTensors metaParameters, NamedTensors hypergradient, OptimizerState state) {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors scaled =
          factor == 1
              ? hypergradient
              : hypergradient.map((Tensor gradient) -> gradient.mul(new Scalar(factor)));
      DifferentiableOptimizer.Update update =
          optimizer.update(
              metaParameters.detach(),
              clipping.clip(scaled).gradients().detach(),
              state,
              hyperparameters);
      return new DifferentiableOptimizer.Update(
          scope.keep(projection.apply(update.parameters()).detach()),
          update.state().map(scope::keep));
    }
  }
}
