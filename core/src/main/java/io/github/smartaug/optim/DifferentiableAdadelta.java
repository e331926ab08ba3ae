package io.github.smartaug.optim;

import io.github.smartaug.input.InputRange;
import io.github.smartaug.tensor.Tensors;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Adadelta, PyTorch's rule:
 *
 * <pre>
 *   g = gradient + weight_decay * parameter
 *   v = rho * v + (1 - rho) * g^2
 *   d = sqrt(a + epsilon) / sqrt(v + epsilon) * g
 *   a = rho * a + (1 - rho) * d^2
 *   parameter -= learning_rate * d
 * </pre>
 *
 * <p>Zeiler, "ADADELTA: an adaptive learning rate method", arXiv 1212.5701, 2012. Epsilon is inside
 * the roots, which are therefore differentiable everywhere.
 *
 * @param epsilon added inside the roots, positive
 */
public record DifferentiableAdadelta(double epsilon) implements ElementwiseOptimizer {
  /** Name of the decay of the running means. */
  public static final String RHO = "rho";

  private static final String SQUARES = "square_avg";
  private static final String DELTAS = "acc_delta";

  /** Adadelta with epsilon 1e-6. */
  public DifferentiableAdadelta() {
    this(1e-6);
  }

  /** Checks epsilon. */
  public DifferentiableAdadelta {
    InputRange.positive("epsilon", epsilon);
  }

  @Override
  public Hyperparameters defaults() {
    return Hyperparameters.constants(
        Map.of(Hyperparameters.LEARNING_RATE, 1.0, RHO, 0.9, Hyperparameters.WEIGHT_DECAY, 0.0));
  }

  @Override
  public Tensor update(
      Tensor parameter, Tensor gradient, Slots slots, Hyperparameters hyperparameters) {
    Hyperparameter rho = hyperparameters.get(RHO);
    Tensor penalized = WeightDecay.PENALTY.gradient(gradient, parameter, hyperparameters);
    Tensor deltas = slots.get(DELTAS).orElseGet(() -> Tensors.scalar(0, parameter));
    Tensor squares = slots.runningMean(SQUARES, rho, penalized.square());
    Tensor delta = root(deltas).div(root(squares)).mul(penalized);
    slots.runningMean(DELTAS, rho, delta.square());
    return hyperparameters.get(Hyperparameters.LEARNING_RATE).subtractFrom(parameter, delta);
  }

  private Tensor root(Tensor mean) {
    return mean.add(new Scalar(epsilon)).sqrt();
  }
}
