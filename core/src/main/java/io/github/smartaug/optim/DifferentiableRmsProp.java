package io.github.smartaug.optim;

import io.github.smartaug.input.InputRange;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * RMSprop, PyTorch's rule:
 *
 * <pre>
 *   g = gradient + weight_decay * parameter
 *   v = alpha * v + (1 - alpha) * g^2
 *   a = alpha * a + (1 - alpha) * g           (centered)
 *   r = sqrt(v) + epsilon, or sqrt(v - a^2) + epsilon (centered)
 *   parameter -= learning_rate * g / r                            (without momentum)
 *   b = momentum * b + g / r,  parameter -= learning_rate * b     (with momentum)
 * </pre>
 *
 * <p>Tieleman and Hinton, "Lecture 6.5: RMSProp", Coursera 2012; centered: Graves, "Generating
 * sequences with recurrent neural networks", arXiv 1308.0850, 2013. Where the moment under the root
 * is zero, the root gets the derivative zero.
 *
 * @param epsilon added to the denominator, positive
 * @param moment whose root divides the gradient
 */
public record DifferentiableRmsProp(double epsilon, Moment moment) implements ElementwiseOptimizer {
  /** Name of the decay of the running means. */
  public static final String ALPHA = "alpha";

  /** The moment whose root divides the gradient. */
  public enum Moment {
    /** The running mean of squares. */
    RAW,
    /** The running variance. */
    CENTERED
  }

  private static final String SQUARES = "square_avg";
  private static final String GRADIENTS = "grad_avg";
  private static final String VELOCITY = "momentum_buffer";

  /** RMSprop with epsilon 1e-8, not centered. */
  public DifferentiableRmsProp() {
    this(1e-8, Moment.RAW);
  }

  /** Checks epsilon. */
  public DifferentiableRmsProp {
    InputRange.positive("epsilon", epsilon);
  }

  @Override
  public Hyperparameters defaults() {
    return Hyperparameters.constants(
        Map.of(
            Hyperparameters.LEARNING_RATE,
            1e-2,
            ALPHA,
            0.99,
            Hyperparameters.MOMENTUM,
            0.0,
            Hyperparameters.WEIGHT_DECAY,
            0.0));
  }

  @Override
  public Tensor update(
      Tensor parameter, Tensor gradient, Slots slots, Hyperparameters hyperparameters) {
    Hyperparameter learningRate = hyperparameters.get(Hyperparameters.LEARNING_RATE);
    Hyperparameter momentum = hyperparameters.get(Hyperparameters.MOMENTUM);
    Tensor penalized = WeightDecay.PENALTY.gradient(gradient, parameter, hyperparameters);
    Tensor direction =
        penalized.div(root(penalized, slots, hyperparameters.get(ALPHA)).add(new Scalar(epsilon)));
    if (momentum.isZero()) {
      return learningRate.subtractFrom(parameter, direction);
    }
    Tensor velocity =
        slots.get(VELOCITY).map(before -> momentum.addTo(direction, before)).orElse(direction);
    return learningRate.subtractFrom(parameter, slots.put(VELOCITY, velocity));
  }

  private Tensor root(Tensor gradient, Slots slots, Hyperparameter alpha) {
    Tensor squares = slots.runningMean(SQUARES, alpha, gradient.square());
    return SecondMoment.root(
        switch (moment) {
          case RAW -> squares;
          case CENTERED -> squares.sub(slots.runningMean(GRADIENTS, alpha, gradient).square());
        });
  }
}
