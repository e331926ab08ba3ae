package io.github.smartaug.optim;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Decoupled weight decay of Adam and its variants as a part of the gradient: parameters stand still
 * where {@code gradient / (sqrt(v) + epsilon) + weight_decay * parameter} is zero, so that it is
 * {@code weight_decay * (sqrt(v) + epsilon) * parameter}, v the second moment without its bias.
 */
final class DecoupledDecay {
  private DecoupledDecay() {}

  /**
   * Gradients with the decay.
   *
   * @param parameters some of those that the gradients are of
   * @param slot of the second moment in the state
   */
  static NamedTensors addedTo(
      NamedTensors gradients,
      NamedTensors parameters,
      OptimizerState state,
      String slot,
      double epsilon,
      Hyperparameters hyperparameters) {
    Hyperparameter decay = hyperparameters.get(Hyperparameters.WEIGHT_DECAY);
    if (decay.isZero()) {
      return parameters.map((name, parameter) -> gradients.get(name));
    }
    Hyperparameter correction =
        hyperparameters.get(Hyperparameters.BETA2).powerComplement(state.steps()).squareRoot();
    NamedTensors moments = state.slots().get(slot);
    return parameters.map(
        (name, parameter) -> {
          try (TensorScope scope = TensorScope.open()) {
            Tensor root = correction.divide(SecondMoment.root(moments.get(name)));
            Tensor scale = root.add(new Scalar(epsilon)).detach();
            return scope.keep(decay.addTo(gradients.get(name), parameter.mul(scale)));
          }
        });
  }
}
