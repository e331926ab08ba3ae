package io.github.smartaug.optim;

import io.github.smartaug.input.InputRange;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Adamax, Adam with the infinity norm, PyTorch's rule at step t = 1, 2, ...:
 *
 * <pre>
 *   g = gradient + weight_decay * parameter
 *   m = beta1 * m + (1 - beta1) * g
 *   u = max(beta2 * u, |g| + epsilon)
 *   parameter -= learning_rate / (1 - beta1^t) * m / u
 * </pre>
 *
 * <p>Kingma and Ba, "Adam: a method for stochastic optimization", ICLR 2015, section 7.1. Not
 * smooth: the maximum has the derivative of the larger of its two values, or the mean of both where
 * they are equal; |g| has the derivative 0 at g = 0.
 *
 * @param epsilon added to the absolute value of the gradient, positive
 */
public record DifferentiableAdamax(double epsilon) implements ElementwiseOptimizer {
  private static final String FIRST_MOMENT = "exp_avg";
  private static final String NORM = "exp_inf";

  /** Adamax with epsilon 1e-8. */
  public DifferentiableAdamax() {
    this(1e-8);
  }

  /** Checks epsilon. */
  public DifferentiableAdamax {
    InputRange.positive("epsilon", epsilon);
  }

  @Override
  public Hyperparameters defaults() {
    return Hyperparameters.constants(
        Map.of(
            Hyperparameters.LEARNING_RATE, 2e-3,
            Hyperparameters.BETA1, 0.9,
            Hyperparameters.BETA2, 0.999,
            Hyperparameters.WEIGHT_DECAY, 0.0));
  }

  @Override
  public Smoothness smoothness() {
    return Smoothness.PIECEWISE;
  }

  @Override
  public Tensor update(
      Tensor parameter, Tensor gradient, Slots slots, Hyperparameters hyperparameters) {
    Hyperparameter beta1 = hyperparameters.get(Hyperparameters.BETA1);
    Hyperparameter beta2 = hyperparameters.get(Hyperparameters.BETA2);
    Tensor penalized = WeightDecay.PENALTY.gradient(gradient, parameter, hyperparameters);
    Tensor first = slots.runningMean(FIRST_MOMENT, beta1, penalized);
    Tensor size = penalized.abs().add(new Scalar(epsilon));
    Tensor norm =
        slots.get(NORM).map(before -> torch.maximum(beta2.times(before), size)).orElse(size);
    return hyperparameters
        .get(Hyperparameters.LEARNING_RATE)
        .dividedBy(beta1.powerComplement(slots.step()))
        .subtractFrom(parameter, first.div(slots.put(NORM, norm)));
  }
}
