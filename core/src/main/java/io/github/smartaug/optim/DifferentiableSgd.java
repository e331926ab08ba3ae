package io.github.smartaug.optim;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Stochastic gradient descent with momentum, PyTorch's rule:
 *
 * <pre>
 *   d = gradient + weight_decay * parameter
 *   v = d                                     (first step)
 *   v = momentum * v + (1 - dampening) * d    (later steps)
 *   parameter -= learning_rate * v                    (classic)
 *   parameter -= learning_rate * (d + momentum * v)   (Nesterov)
 * </pre>
 *
 * <p>Sutskever et al., "On the importance of initialization and momentum in deep learning", ICML
 * 2013, with the learning rate outside the velocity as in PyTorch.
 *
 * @param momentumKind classic or Nesterov momentum
 */
public record DifferentiableSgd(MomentumKind momentumKind) implements ElementwiseOptimizer {
  /** How the velocity enters the update. */
  public enum MomentumKind {
    /** The velocity is the update. */
    CLASSIC,
    /** The update looks one velocity step ahead. */
    NESTEROV
  }

  private static final String VELOCITY = "momentum_buffer";

  /** SGD with classic momentum. */
  public DifferentiableSgd() {
    this(MomentumKind.CLASSIC);
  }

  @Override
  public Hyperparameters defaults() {
    return Hyperparameters.constants(
        Map.of(
            Hyperparameters.LEARNING_RATE, 1e-3,
            Hyperparameters.MOMENTUM, 0.0,
            Hyperparameters.DAMPENING, 0.0,
            Hyperparameters.WEIGHT_DECAY, 0.0));
  }

  @Override
  public Tensor update(
      Tensor parameter, Tensor gradient, Slots slots, Hyperparameters hyperparameters) {
    Hyperparameter learningRate = hyperparameters.get(Hyperparameters.LEARNING_RATE);
    Hyperparameter momentum = hyperparameters.get(Hyperparameters.MOMENTUM);
    Tensor direction = WeightDecay.PENALTY.gradient(gradient, parameter, hyperparameters);
    if (momentum.isZero()) {
      return learningRate.subtractFrom(parameter, direction);
    }
    Hyperparameter gradientShare = hyperparameters.get(Hyperparameters.DAMPENING).complement();
    Tensor velocity =
        slots
            .get(VELOCITY)
            .map(before -> gradientShare.addTo(momentum.times(before), direction))
            .orElse(direction);
    slots.put(VELOCITY, velocity);
    return switch (momentumKind) {
      case CLASSIC -> learningRate.subtractFrom(parameter, velocity);
      case NESTEROV -> learningRate.subtractFrom(parameter, momentum.addTo(direction, velocity));
    };
  }

  @Override
  public Tensor overwrite(
      Tensor parameter, Tensor gradient, Slots slots, Hyperparameters hyperparameters) {
    Hyperparameter learningRate = hyperparameters.get(Hyperparameters.LEARNING_RATE);
    Hyperparameter momentum = hyperparameters.get(Hyperparameters.MOMENTUM);
    WeightDecay.PENALTY.overwrite(gradient, parameter, hyperparameters);
    Tensor direction = gradient;
    if (!momentum.isZero()) {
      Hyperparameter gradientShare = hyperparameters.get(Hyperparameters.DAMPENING).complement();
      Tensor velocity =
          slots
              .get(VELOCITY)
              .map(before -> gradientShare.addInto(momentum.scale(before), gradient))
              .orElse(gradient);
      slots.put(VELOCITY, new Tensor(velocity));
      direction =
          switch (momentumKind) {
            case CLASSIC -> velocity;
            case NESTEROV -> momentum.addTo(gradient, velocity);
          };
    }
    return new Tensor(learningRate.subtractInto(parameter, direction));
  }
}
