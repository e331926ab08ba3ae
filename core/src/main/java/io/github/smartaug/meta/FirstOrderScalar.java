package io.github.smartaug.meta;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;

/** Scalars with known derivatives, whose graph holds nothing else. */
final class FirstOrderScalar {
  private FirstOrderScalar() {}

  /**
   * A number with that value and those gradients at the present inputs.
   *
   * @param gradients one per input, constant
   * @return without dimensions
   */
  static Tensor of(double value, NamedTensors gradients, NamedTensors inputs) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor sum = Tensors.scalar(value, inputs.tensors().get(0));
      for (String name : inputs.names()) {
        try (TensorScope inputScope = TensorScope.open()) {
          Tensor term = inputs.get(name).mul(gradients.get(name).detach()).sum();
          sum = inputScope.keep(sum.add(term.sub(term.detach())));
        }
      }
      return scope.keep(sum);
    }
  }
}
