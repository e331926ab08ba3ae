package io.github.smartaug.optim;

import io.github.smartaug.input.InputRange;
import io.github.smartaug.tensor.Tensors;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Adagrad, PyTorch's rule at step t = 1, 2, ...:
 *
 * <pre>
 *   g = gradient + weight_decay * parameter
 *   s = s + g^2
 *   parameter -= learning_rate / (1 + (t - 1) * learning_rate_decay) * g / (sqrt(s) + epsilon)
 * </pre>
 *
 * <p>Duchi, Hazan and Singer, "Adaptive subgradient methods for online learning and stochastic
 * optimization", JMLR 2011. Where s is zero, its root gets the derivative zero.
 *
 * @param epsilon added to the denominator, positive
 * @param initialSum sum of squares before the first step, at least 0
 */
public record DifferentiableAdagrad(double epsilon, double initialSum)
    implements ElementwiseOptimizer {
  /** Name of the hyperparameter that says how fast the learning rate falls with the steps. */
  public static final String LEARNING_RATE_DECAY = "learning_rate_decay";

  private static final String SUM = "sum";

  /** Adagrad with epsilon 1e-10 and sums that start at zero. */
  public DifferentiableAdagrad() {
    this(1e-10, 0);
  }

  /** Checks the numbers. */
  public DifferentiableAdagrad {
    InputRange.positive("epsilon", epsilon);
    if (!(initialSum >= 0)) {
      throw new IllegalArgumentException("initial sum: " + initialSum + ", allowed: at least 0");
    }
  }

  @Override
  public Hyperparameters defaults() {
    return Hyperparameters.constants(
        Map.of(
            Hyperparameters.LEARNING_RATE,
            1e-2,
            LEARNING_RATE_DECAY,
            0.0,
            Hyperparameters.WEIGHT_DECAY,
            0.0));
  }

  @Override
  public Tensor update(
      Tensor parameter, Tensor gradient, Slots slots, Hyperparameters hyperparameters) {
    Tensor penalized = WeightDecay.PENALTY.gradient(gradient, parameter, hyperparameters);
    Tensor before = slots.get(SUM).orElseGet(() -> Tensors.scalar(initialSum, parameter));
    Tensor sum = slots.put(SUM, before.add(penalized.square()));
    Tensor direction = penalized.div(SecondMoment.root(sum).add(new Scalar(epsilon)));
    Hyperparameter slowdown =
        hyperparameters.get(LEARNING_RATE_DECAY).scaled((double) slots.step() - 1).plus(1);
    return hyperparameters
        .get(Hyperparameters.LEARNING_RATE)
        .dividedBy(slowdown)
        .subtractFrom(parameter, direction);
  }
}
