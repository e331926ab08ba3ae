package io.github.smartaug.meta;

import io.github.smartaug.tensor.DualNumbers;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import org.bytedeco.pytorch.Tensor;

/**
 * By a second evaluation of the objective, on dual numbers.
 *
 * @param objective of the step
 * @param start where the step began
 */
record DualDerivative(InnerObjective objective, InnerState start) implements MixedDerivative {
  @Override
  public NamedTensors along(NamedTensors direction, NamedTensors metaLeaves) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor tangent =
          DualNumbers.derivativeAlong(
              direction,
              start.parameters().detach(),
              parameters -> objective.evaluate(parameters, start.buffers(), metaLeaves).loss());
      return scope.keep(MixedDerivative.gradients(tangent, metaLeaves));
    }
  }
}
