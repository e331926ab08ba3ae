package io.github.smartaug.optim;

import io.github.smartaug.input.InputRange;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.Tensors;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Adam with Nesterov momentum, PyTorch's rule at step t = 1, 2, ...:
 *
 * <pre>
 *   g  = gradient + weight_decay * parameter
 *   mu(t) = beta1 * (1 - 0.96^(t * momentum_decay) / 2),  p(t) = mu(1) * ... * mu(t)
 *   m  = beta1 * m + (1 - beta1) * g
 *   v  = beta2 * v + (1 - beta2) * g^2
 *   r  = sqrt(v / (1 - beta2^t)) + epsilon
 *   parameter -= learning_rate * (1 - mu(t)) / (1 - p(t)) * g / r
 *   parameter -= learning_rate * mu(t + 1) / (1 - p(t + 1)) * m / r
 * </pre>
 *
 * <p>Dozat, "Incorporating Nesterov momentum into Adam", ICLR workshop 2016. For decoupled weight
 * decay see {@link WeightDecay#DECOUPLED}. Where v is zero, its root gets the derivative zero.
 *
 * @param epsilon added to the denominator, positive
 * @param momentumDecay how fast the momentum warms up
 * @param weightDecay how weight decay enters
 */
public record DifferentiableNAdam(double epsilon, double momentumDecay, WeightDecay weightDecay)
    implements ElementwiseOptimizer {
  private static final String FIRST_MOMENT = "exp_avg";
  private static final String SECOND_MOMENT = "exp_avg_sq";
  private static final String MOMENTUM_PRODUCT = "mu_product";

  /** NAdam with epsilon 1e-8, momentum decay 4e-3 and an L2 penalty. */
  public DifferentiableNAdam() {
    this(1e-8, 4e-3, WeightDecay.PENALTY);
  }

  /** Checks epsilon. */
  public DifferentiableNAdam {
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
    Hyperparameter learningRate = hyperparameters.get(Hyperparameters.LEARNING_RATE);
    Hyperparameter beta1 = hyperparameters.get(Hyperparameters.BETA1);
    Hyperparameter beta2 = hyperparameters.get(Hyperparameters.BETA2);
    Hyperparameter momentum = momentum(beta1, slots.step());
    Hyperparameter nextMomentum = momentum(beta1, slots.step() + 1);
    Hyperparameter product = Hyperparameter.learned(momentumProduct(momentum, parameter, slots));

    Tensor penalized = weightDecay.gradient(gradient, parameter, hyperparameters);
    Tensor first = slots.runningMean(FIRST_MOMENT, beta1, penalized);
    Tensor second = slots.runningMean(SECOND_MOMENT, beta2, penalized.square());
    Tensor corrected = beta2.powerComplement(slots.step()).divide(second);
    Tensor denominator = SecondMoment.root(corrected).add(new Scalar(epsilon));

    Hyperparameter gradientShare = momentum.complement().dividedBy(product.complement());
    Hyperparameter momentShare = nextMomentum.dividedBy(product.times(nextMomentum).complement());
    Tensor direction = momentShare.addTo(gradientShare.times(penalized), first).div(denominator);
    return learningRate.subtractFrom(weightDecay.parameter(parameter, hyperparameters), direction);
  }

  private Hyperparameter momentum(Hyperparameter beta1, long step) {
    return beta1.scaled(1 - 0.5 * Math.pow(0.96, momentumDecay * (double) step));
  }

  /**
   * A tensor without dimensions. It depends on all earlier values of beta1, which may be learned.
   */
  private static Tensor momentumProduct(Hyperparameter momentum, Tensor parameter, Slots slots) {
    Tensor before = slots.get(MOMENTUM_PRODUCT).orElseGet(() -> Tensors.scalar(1, parameter));
    return slots.put(MOMENTUM_PRODUCT, momentum.times(before));
  }
}
