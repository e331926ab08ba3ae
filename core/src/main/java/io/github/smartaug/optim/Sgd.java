package io.github.smartaug.optim;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.Scope;
import java.util.LinkedHashMap;
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
public record Sgd(MomentumKind momentumKind) implements Optimizer {
  /** How the velocity enters the update. */
  public enum MomentumKind {
    /** The velocity is the update. */
    CLASSIC,
    /** The update looks one velocity step ahead. */
    NESTEROV
  }

  private static final String VELOCITY = "momentum_buffer";

  /** SGD with classic momentum. */
  public Sgd() {
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
  public Update update(
      NamedTensors parameters,
      NamedTensors gradients,
      OptimizerState state,
      Hyperparameters hyperparameters) {
    Hyperparameter learningRate = hyperparameters.get(Hyperparameters.LEARNING_RATE);
    Hyperparameter momentum = hyperparameters.get(Hyperparameters.MOMENTUM);
    Hyperparameter weightDecay = hyperparameters.get(Hyperparameters.WEIGHT_DECAY);
    Hyperparameter gradientShare = hyperparameters.get(Hyperparameters.DAMPENING).complement();
    NamedTensors velocities = state.slots().get(VELOCITY);

    Map<String, Tensor> updated = new LinkedHashMap<>();
    Map<String, Tensor> newVelocities = new LinkedHashMap<>();
    try (Scope scope = Scope.open()) {
      for (String name : parameters.names()) {
        Tensor parameter = parameters.get(name);
        Tensor gradient = gradients.get(name);
        // Without weight decay a second handle, because the first velocity must be ours to return.
        Tensor direction =
            weightDecay.isZero() ? new Tensor(gradient) : weightDecay.addTo(gradient, parameter);
        if (!momentum.isZero()) {
          Tensor velocity =
              velocities == null
                  ? direction
                  : gradientShare.addTo(momentum.times(velocities.get(name)), direction);
          direction =
              switch (momentumKind) {
                case CLASSIC -> velocity;
                case NESTEROV -> momentum.addTo(direction, velocity);
              };
          newVelocities.put(name, scope.keep(velocity));
        }
        updated.put(name, scope.keep(learningRate.subtractFrom(parameter, direction)));
      }
    }
    Map<String, NamedTensors> slots =
        newVelocities.isEmpty() ? Map.of() : Map.of(VELOCITY, NamedTensors.of(newVelocities));
    return new Update(NamedTensors.of(updated), new OptimizerState(state.steps() + 1, slots));
  }
}
