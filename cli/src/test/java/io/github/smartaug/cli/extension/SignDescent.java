package io.github.smartaug.cli.extension;

import io.github.smartaug.optim.DifferentiableOptimizer;
import io.github.smartaug.optim.ElementwiseOptimizer;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.optim.OptimizerType;
import io.github.smartaug.optim.Slots;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** An optimizer: steps of one size, against the smoothed sign of the gradient. */
public record SignDescent() implements OptimizerType, ElementwiseOptimizer {
  @Override
  public String name() {
    return "sign-descent";
  }

  @Override
  public String description() {
    return "steps of one size, against the smoothed sign of the gradient";
  }

  @Override
  public DifferentiableOptimizer create() {
    return this;
  }

  @Override
  public Hyperparameters defaults() {
    return Hyperparameters.constants(Map.of(Hyperparameters.LEARNING_RATE, 0.01));
  }

  @Override
  public Tensor update(
      Tensor parameter, Tensor gradient, Slots slots, Hyperparameters hyperparameters) {
    return hyperparameters
        .get(Hyperparameters.LEARNING_RATE)
        .subtractFrom(parameter, gradient.tanh());
  }
}
