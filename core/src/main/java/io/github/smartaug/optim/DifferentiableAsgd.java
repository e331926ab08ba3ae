package io.github.smartaug.optim;

import io.github.smartaug.tensor.Tensors;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Averaged stochastic gradient descent, PyTorch's rule at step t = 1, 2, ...:
 *
 * <pre>
 *   g   = gradient + weight_decay * parameter
 *   eta = learning_rate / (1 + lambd * learning_rate * (t - 1))^power
 *   parameter = (1 - lambd * eta) * parameter - eta * g
 *   average  += (parameter - average) / max(1, t - 1 - averagingStart)
 * </pre>
 *
 * <p>Polyak and Juditsky, "Acceleration of stochastic approximation by averaging", SIAM Journal on
 * Control and Optimization 1992. The average is in the slot {@code ax}; it does not influence the
 * parameters. PyTorch computes eta at the end of the previous step. This is the same number unless
 * the learning rate changes; PyTorch applies a change one step later.
 *
 * @param power with which the learning rate falls, PyTorch's alpha
 * @param averagingStart step after which the average spans more than one step, PyTorch's t0
 */
public record DifferentiableAsgd(double power, double averagingStart)
    implements ElementwiseOptimizer {
  /** Name of the hyperparameter lambd, the decay of parameters and learning rate. */
  public static final String LAMBDA = "lambd";

  private static final String AVERAGE = "ax";

  /** ASGD with power 0.75 and an average that starts after 1e6 steps. */
  public DifferentiableAsgd() {
    this(0.75, 1e6);
  }

  @Override
  public Hyperparameters defaults() {
    return Hyperparameters.constants(
        Map.of(
            Hyperparameters.LEARNING_RATE, 1e-2, LAMBDA, 1e-4, Hyperparameters.WEIGHT_DECAY, 0.0));
  }

  @Override
  public Tensor update(
      Tensor parameter, Tensor gradient, Slots slots, Hyperparameters hyperparameters) {
    Hyperparameter learningRate = hyperparameters.get(Hyperparameters.LEARNING_RATE);
    Hyperparameter lambda = hyperparameters.get(LAMBDA);
    Tensor penalized = WeightDecay.PENALTY.gradient(gradient, parameter, hyperparameters);
    double before = (double) slots.step() - 1;
    Hyperparameter eta =
        learningRate.dividedBy(lambda.times(learningRate).scaled(before).plus(1).power(power));
    Tensor shrunk = lambda.times(eta).complement().times(parameter);
    Tensor updated = eta.subtractFrom(shrunk, penalized);
    average(updated, slots, 1 / Math.max(1, before - averagingStart));
    return updated;
  }

  private static void average(Tensor updated, Slots slots, double share) {
    Tensor before = slots.get(AVERAGE).orElseGet(() -> Tensors.scalar(0, updated));
    slots.put(AVERAGE, before.add(updated.sub(before), new Scalar(share)));
  }
}
