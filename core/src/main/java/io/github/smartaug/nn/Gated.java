package io.github.smartaug.nn;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;

/**
 * The input times what a layer makes of it, {@code x * gate(x)}, as in the squeeze and excitation
 * of Hu et al., CVPR 2018.
 *
 * @param gate whose output is of the input's shape, or of size 1 along some dimensions
 */
public record Gated(Layer gate) implements Layer {
  @Override
  public Tensor forward(Tensor input, ForwardPass pass) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor factor = pass.apply(gate, input);
      pass.leave(factor);
      return scope.keep(input.mul(factor));
    }
  }

  @Override
  public boolean isLinearizable() {
    return gate.isLinearizable();
  }

  @Override
  public Tensor tangent(Tensor inputTangent, TangentPass pass) {
    LayerValues values = pass.values();
    try (TensorScope scope = TensorScope.open()) {
      Tensor ofGate =
          TangentPass.linear(
              pass.apply(gate, inputTangent), tangent -> tangent.mul(values.input()));
      Tensor passed =
          TangentPass.linear(inputTangent, tangent -> tangent.mul(values.note().orElseThrow()));
      return scope.keep(ofGate.defined() ? TangentPass.sum(passed, ofGate) : passed);
    }
  }

  @Override
  public NamedTensors initialParameters(RandomGenerator random) {
    return gate.initialParameters(random);
  }

  @Override
  public NamedTensors initialBuffers() {
    return gate.initialBuffers();
  }
}
