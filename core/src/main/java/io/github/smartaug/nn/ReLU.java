package io.github.smartaug.nn;

import io.github.smartaug.tensor.TensorScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Rectified linear unit, {@code max(0, x)}; its gradient at 0 is 0. */
public record ReLU() implements Layer {
  @Override
  public Tensor forward(Tensor input, ForwardPass pass) {
    return input.relu();
  }

  @Override
  public Tensor overwrite(Tensor input, ForwardPass pass) {
    return new Tensor(input.relu_());
  }

  @Override
  public boolean isLinearizable() {
    return true;
  }

  @Override
  public Tensor tangent(Tensor inputTangent, TangentPass pass) {
    LayerValues values = pass.values();
    try (TensorScope scope = TensorScope.open()) {
      Tensor output = values.output().detach();
      Scalar zero = new Scalar(0.0);
      return scope.keep(
          TangentPass.linear(
              inputTangent, tangent -> torch.threshold_backward(tangent, output, zero)));
    }
  }
}
