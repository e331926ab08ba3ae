package io.github.smartaug.meta;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;

/**
 * By the objective's own directional derivative, at the values of the forward pass that was made
 * for the step. The same number as by differentiating the gradient's graph (Pearlmutter, "Fast
 * exact multiplication by the Hessian", Neural Computation 1994), without the products that
 * autograd computes there and throws away.
 */
record LinearizedDerivative(InnerObjective.Linearized linearized) implements MixedDerivative {
  @Override
  public NamedTensors along(NamedTensors direction, NamedTensors metaLeaves) {
    try (TensorScope scope = TensorScope.open()) {
      return scope.keep(MixedDerivative.gradients(linearized.along(direction), metaLeaves));
    }
  }

  @Override
  public void close() {
    linearized.close();
  }
}
