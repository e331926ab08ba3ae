package io.github.smartaug.optim;

import io.github.smartaug.input.InputRange;
import io.github.smartaug.tensor.Tensors;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;

/**
 * Resilient backpropagation, PyTorch's rule; step sizes d start at the learning rate:
 *
 * <pre>
 *   d *= eta_plus    where gradient and previous gradient have the same sign
 *   d *= eta_minus   where they have opposite signs; there the gradient is set to 0
 *   d  = d clamped to [smallestStep, largestStep]
 *   parameter -= sign(gradient) * d
 * </pre>
 *
 * <p>Riedmiller and Braun, "A direct adaptive method for faster backpropagation learning: the RPROP
 * algorithm", ICNN 1993. It is meant for gradients of the whole training set. Not smooth: the
 * derivative of a sign is 0, so the update does not depend on the loss as far as derivatives can
 * tell, and meta parameters in the loss get no gradient. Learning rate, eta_plus and eta_minus get
 * one through the step sizes, 0 where these are clamped.
 *
 * @param smallestStep lower bound of the step sizes, positive
 * @param largestStep upper bound of the step sizes
 */
public record DifferentiableRprop(double smallestStep, double largestStep)
    implements ElementwiseOptimizer {
  /** Name of the factor of a step size after its gradient has changed sign. */
  public static final String ETA_MINUS = "eta_minus";

  /** Name of the factor of a step size while its gradient keeps its sign. */
  public static final String ETA_PLUS = "eta_plus";

  private static final String PREVIOUS = "prev";
  private static final String STEP_SIZE = "step_size";

  /** Rprop with step sizes from 1e-6 to 50. */
  public DifferentiableRprop() {
    this(1e-6, 50);
  }

  /** Checks the bounds. */
  public DifferentiableRprop {
    InputRange.positive("smallest step", smallestStep);
    if (!(largestStep >= smallestStep)) {
      throw new IllegalArgumentException(
          "largest step: " + largestStep + ", allowed: at least the smallest, " + smallestStep);
    }
  }

  @Override
  public Hyperparameters defaults() {
    return Hyperparameters.constants(
        Map.of(Hyperparameters.LEARNING_RATE, 1e-2, ETA_MINUS, 0.5, ETA_PLUS, 1.2));
  }

  @Override
  public Smoothness smoothness() {
    return Smoothness.STEPS;
  }

  @Override
  public Tensor update(
      Tensor parameter, Tensor gradient, Slots slots, Hyperparameters hyperparameters) {
    // Without history: only the sign is used, whose derivative is zero.
    Tensor seen = gradient.detach();
    Tensor previous = slots.get(PREVIOUS).orElseGet(() -> Tensors.scalar(0, parameter)).detach();
    Tensor agreement = seen.mul(previous).sign();
    Tensor opposite = agreement.neg().clamp_min(new Scalar(0));
    Tensor adapted =
        slots.put(
            STEP_SIZE,
            clamped(
                size(parameter, slots, hyperparameters)
                    .mul(factor(agreement, opposite, hyperparameters))));
    Tensor used = slots.put(PREVIOUS, seen.mul(opposite.neg().add(new Scalar(1))));
    return parameter.sub(used.sign().mul(adapted));
  }

  private static Tensor size(Tensor parameter, Slots slots, Hyperparameters hyperparameters) {
    Hyperparameter first = hyperparameters.get(Hyperparameters.LEARNING_RATE);
    return slots
        .get(STEP_SIZE)
        .orElseGet(() -> first.times(Tensors.full(1, parameter, parameter.shape())));
  }

  private static Tensor factor(Tensor agreement, Tensor opposite, Hyperparameters hyperparameters) {
    Tensor same = agreement.clamp_min(new Scalar(0));
    Tensor neutral = agreement.abs().neg().add(new Scalar(1));
    Tensor growing = hyperparameters.get(ETA_PLUS).addTo(neutral, same);
    return hyperparameters.get(ETA_MINUS).addTo(growing, opposite);
  }

  private Tensor clamped(Tensor size) {
    return size.clamp(
        new ScalarOptional(new Scalar(smallestStep)), new ScalarOptional(new Scalar(largestStep)));
  }
}
