package io.github.smartaug.meta;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.Scope;
import io.github.smartaug.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;

/** Scalars with known derivatives, whose graph holds nothing else. */
final class Affine {
  private Affine() {}

  /**
   * A number with that value and those gradients at the present inputs.
   *
   * @param gradients one per input, constant
   * @return without dimensions
   */
  static Tensor of(double value, NamedTensors gradients, NamedTensors inputs) {
    try (Scope scope = Scope.open()) {
      Tensor sum = Tensors.scalar(value, inputs.tensors().get(0));
      for (String name : inputs.names()) {
        try (Scope inputScope = Scope.open()) {
          Tensor term = inputs.get(name).mul(gradients.get(name).detach()).sum();
          sum = inputScope.keep(sum.add(term.sub(term.detach())));
        }
      }
      return scope.keep(sum);
    }
  }
}
