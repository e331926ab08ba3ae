package io.github.smartaug.optim;

import io.github.smartaug.input.InputRange;
import io.github.smartaug.tensor.NamedTensors;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Rectified Adam, PyTorch's rule at step t = 1, 2, ...:
 *
 * <pre>
 *   g = gradient + weight_decay * parameter
 *   m = beta1 * m + (1 - beta1) * g
 *   v = beta2 * v + (1 - beta2) * g^2
 *   n = 2 / (1 - beta2) - 1,  n(t) = n - 2 * t * beta2^t / (1 - beta2^t)
 *   d = m / (1 - beta1^t)
 *   if n(t) &gt; 5:
 *     d *= sqrt(1 - beta2^t) / (sqrt(v) + epsilon)
 *     d *= sqrt((n(t) - 4) * (n(t) - 2) * n / ((n - 4) * (n - 2) * n(t)))
 *   parameter -= learning_rate * d
 * </pre>
 *
 * <p>Liu et al., "On the variance of the adaptive learning rate and beyond", ICLR 2020. For
 * decoupled weight decay see {@link WeightDecay#DECOUPLED}. Whether n(t) &gt; 5 depends on t and
 * beta2 only; the derivative with respect to beta2 is the one of that case. Where v is zero, its
 * root gets the derivative zero.
 *
 * @param epsilon added to the denominator, positive
 * @param weightDecay how weight decay enters
 */
public record DifferentiableRAdam(double epsilon, WeightDecay weightDecay)
    implements ElementwiseOptimizer {
  private static final String FIRST_MOMENT = "exp_avg";
  private static final String SECOND_MOMENT = "exp_avg_sq";

  /** Length of the running mean from which its variance is known well enough. */
  private static final double TRUSTED_LENGTH = 5;

  /** RAdam with epsilon 1e-8 and an L2 penalty. */
  public DifferentiableRAdam() {
    this(1e-8, WeightDecay.PENALTY);
  }

  /** Checks epsilon. */
  public DifferentiableRAdam {
    InputRange.positive("epsilon", epsilon);
  }

  @Override
  public Hyperparameters defaults() {
    return Hyperparameters.constants(
        Map.of(
            Hyperparameters.LEARNING_RATE, 1e-3,
            Hyperparameters.BETA1, 0.9,
            Hyperparameters.BETA2, 0.999,
            Hyperparameters.WEIGHT_DECAY, 0.0));
  }

  @Override
  public NamedTensors gradientAtRest(
      NamedTensors parameters,
      NamedTensors gradients,
      OptimizerState state,
      Hyperparameters hyperparameters) {
    return switch (weightDecay) {
      case PENALTY ->
          ElementwiseOptimizer.super.gradientAtRest(parameters, gradients, state, hyperparameters);
      case DECOUPLED ->
          DecoupledDecay.addedTo(
              gradients, parameters, state, SECOND_MOMENT, epsilon, hyperparameters);
    };
  }

  @Override
  public Tensor update(
      Tensor parameter, Tensor gradient, Slots slots, Hyperparameters hyperparameters) {
    Hyperparameter beta1 = hyperparameters.get(Hyperparameters.BETA1);
    Hyperparameter beta2 = hyperparameters.get(Hyperparameters.BETA2);
    long step = slots.step();
    Tensor penalized = weightDecay.gradient(gradient, parameter, hyperparameters);
    Tensor first = slots.runningMean(FIRST_MOMENT, beta1, penalized);
    Tensor second = slots.runningMean(SECOND_MOMENT, beta2, penalized.square());
    Tensor direction = beta1.powerComplement(step).divide(first);

    Hyperparameter largest = beta2.complement().power(-1).scaled(2).plus(-1);
    Hyperparameter length = length(largest, beta2, step);
    if (length.value() > TRUSTED_LENGTH) {
      Tensor denominator = SecondMoment.root(second).add(new Scalar(epsilon));
      Hyperparameter correction = beta2.powerComplement(step).squareRoot();
      Hyperparameter factor = correction.times(rectification(largest, length));
      direction = factor.times(direction.div(denominator));
    }
    return hyperparameters
        .get(Hyperparameters.LEARNING_RATE)
        .subtractFrom(weightDecay.parameter(parameter, hyperparameters), direction);
  }

  private static Hyperparameter length(Hyperparameter largest, Hyperparameter beta2, long step) {
    Hyperparameter missing =
        beta2.power((double) step).scaled(2.0 * step).dividedBy(beta2.powerComplement(step));
    return largest.minus(missing);
  }

  private static Hyperparameter rectification(Hyperparameter largest, Hyperparameter length) {
    Hyperparameter above = length.plus(-4).times(length.plus(-2)).times(largest);
    Hyperparameter below = largest.plus(-4).times(largest.plus(-2)).times(length);
    return above.dividedBy(below).squareRoot();
  }
}
