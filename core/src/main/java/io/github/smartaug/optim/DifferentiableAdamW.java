package io.github.smartaug.optim;

import io.github.smartaug.tensor.NamedTensors;
import org.bytedeco.pytorch.Tensor;

/**
 * Adam with decoupled weight decay, PyTorch's rule: first {@code parameter *= 1 - learning_rate *
 * weight_decay}, then the update of {@link DifferentiableAdam} without weight decay.
 *
 * <p>Loshchilov and Hutter, "Decoupled weight decay regularization", ICLR 2019.
 *
 * @param adam the rest of the rule
 */
public record DifferentiableAdamW(DifferentiableAdam adam) implements ElementwiseOptimizer {
  /** AdamW with epsilon 1e-8. */
  public DifferentiableAdamW() {
    this(new DifferentiableAdam());
  }

  @Override
  public Hyperparameters defaults() {
    return adam.defaults().with(Hyperparameters.WEIGHT_DECAY, 0.01);
  }

  @Override
  public Smoothness smoothness() {
    return adam.smoothness();
  }

  @Override
  public Tensor update(
      Tensor parameter, Tensor gradient, Slots slots, Hyperparameters hyperparameters) {
    Tensor decayed = WeightDecay.DECOUPLED.parameter(parameter, hyperparameters);
    return adam.move(decayed, gradient, slots, hyperparameters);
  }

  @Override
  public Tensor overwrite(
      Tensor parameter, Tensor gradient, Slots slots, Hyperparameters hyperparameters) {
    WeightDecay.DECOUPLED.overwrite(gradient, parameter, hyperparameters);
    return adam.moveInPlace(parameter, gradient, slots, hyperparameters);
  }

  @Override
  public NamedTensors gradientAtRest(
      NamedTensors parameters,
      NamedTensors gradients,
      OptimizerState state,
      Hyperparameters hyperparameters) {
    return DecoupledDecay.addedTo(
        gradients, parameters, state, adam.divisorSlot(), adam.epsilon(), hyperparameters);
  }
}
