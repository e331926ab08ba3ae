package io.github.smartaug.optim;

import io.github.smartaug.input.InputRange;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Adam with bias correction, PyTorch's rule at step t = 1, 2, ...:
 *
 * <pre>
 *   g = gradient + weight_decay * parameter
 *   m = beta1 * m + (1 - beta1) * g
 *   v = beta2 * v + (1 - beta2) * g^2
 *   u = v, or the largest v so far (AMSGrad)
 *   parameter -= learning_rate * (m / (1 - beta1^t)) / (sqrt(u) / sqrt(1 - beta2^t) + epsilon)
 * </pre>
 *
 * <p>Kingma and Ba, "Adam: a method for stochastic optimization", ICLR 2015; Reddi, Kale and Kumar,
 * "On the convergence of Adam and beyond", ICLR 2018, for AMSGrad. The maximum of AMSGrad has the
 * derivative of the larger value. Where u is zero, its root gets the derivative zero; otherwise NaN
 * would enter the hypergradient.
 *
 * @param epsilon added to the denominator, positive
 * @param denominator u, whose root divides the update
 */
public record DifferentiableAdam(double epsilon, Denominator denominator)
    implements ElementwiseOptimizer {
  /** The second moment whose root divides the update. */
  public enum Denominator {
    /** The running mean of squared gradients. */
    SECOND_MOMENT,
    /** The largest such mean so far (AMSGrad). */
    LARGEST_SECOND_MOMENT
  }

  private static final String FIRST_MOMENT = "exp_avg";
  private static final String SECOND_MOMENT = "exp_avg_sq";
  private static final String LARGEST_SECOND_MOMENT = "max_exp_avg_sq";

  /** Adam with epsilon 1e-8. */
  public DifferentiableAdam() {
    this(1e-8);
  }

  /** Adam as it was first published. */
  public DifferentiableAdam(double epsilon) {
    this(epsilon, Denominator.SECOND_MOMENT);
  }

  /** Checks epsilon. */
  public DifferentiableAdam {
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
  public Smoothness smoothness() {
    return switch (denominator) {
      case SECOND_MOMENT -> Smoothness.SMOOTH;
      case LARGEST_SECOND_MOMENT -> Smoothness.PIECEWISE;
    };
  }

  @Override
  public Tensor update(
      Tensor parameter, Tensor gradient, Slots slots, Hyperparameters hyperparameters) {
    Tensor penalized = WeightDecay.PENALTY.gradient(gradient, parameter, hyperparameters);
    return move(parameter, penalized, slots, hyperparameters);
  }

  /** The update without weight decay. */
  Tensor move(Tensor parameter, Tensor gradient, Slots slots, Hyperparameters hyperparameters) {
    Hyperparameter beta1 = hyperparameters.get(Hyperparameters.BETA1);
    Hyperparameter beta2 = hyperparameters.get(Hyperparameters.BETA2);
    Tensor first = slots.runningMean(FIRST_MOMENT, beta1, gradient);
    Tensor second = slots.runningMean(SECOND_MOMENT, beta2, gradient.square());
    Hyperparameter correction = beta2.powerComplement(slots.step()).squareRoot();
    Tensor root = correction.divide(SecondMoment.root(divisor(second, slots)));
    Tensor direction =
        beta1.powerComplement(slots.step()).divide(first).div(root.add(new Scalar(epsilon)));
    return hyperparameters.get(Hyperparameters.LEARNING_RATE).subtractFrom(parameter, direction);
  }

  @Override
  public Tensor overwrite(
      Tensor parameter, Tensor gradient, Slots slots, Hyperparameters hyperparameters) {
    WeightDecay.PENALTY.overwrite(gradient, parameter, hyperparameters);
    return moveInPlace(parameter, gradient, slots, hyperparameters);
  }

  /** {@link #move} to the same bits, in the parameter's place. */
  Tensor moveInPlace(
      Tensor parameter, Tensor gradient, Slots slots, Hyperparameters hyperparameters) {
    Hyperparameter beta1 = hyperparameters.get(Hyperparameters.BETA1);
    Hyperparameter beta2 = hyperparameters.get(Hyperparameters.BETA2);
    Tensor first = slots.constantRunningMean(FIRST_MOMENT, beta1, gradient);
    Tensor second = slots.constantRunningMean(SECOND_MOMENT, beta2, gradient.square_());
    Hyperparameter correction = beta2.powerComplement(slots.step()).squareRoot();
    Tensor root = correction.divideInPlace(SecondMoment.constantRoot(divisor(second, slots)));
    Tensor direction = beta1.powerComplement(slots.step()).divide(first);
    direction.div_(root.add_(new Scalar(epsilon)));
    Hyperparameter learningRate = hyperparameters.get(Hyperparameters.LEARNING_RATE);
    return new Tensor(learningRate.subtractInto(parameter, direction));
  }

  /** The slot whose root divides the update. */
  String divisorSlot() {
    return switch (denominator) {
      case SECOND_MOMENT -> SECOND_MOMENT;
      case LARGEST_SECOND_MOMENT -> LARGEST_SECOND_MOMENT;
    };
  }

  private Tensor divisor(Tensor second, Slots slots) {
    if (denominator == Denominator.SECOND_MOMENT) {
      return second;
    }
    Tensor largest =
        slots
            .get(LARGEST_SECOND_MOMENT)
            .map(before -> torch.maximum(before, second))
            .orElseGet(() -> new Tensor(second));
    return slots.put(LARGEST_SECOND_MOMENT, largest);
  }
}
