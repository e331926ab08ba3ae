package io.github.smartaug.nn;

import io.github.smartaug.tensor.TensorScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Mean of each window, [B,C,H,W] to [B,C,H',W'].
 *
 * @param window its padding counts as zeros, as in PyTorch
 */
public record AvgPool2d(Window window) implements Layer {
  /** Windows side by side, such as 2x2 pixels each. */
  public AvgPool2d(int size) {
    this(Window.of(size).withStride(size));
  }

  @Override
  public Tensor forward(Tensor input, ForwardPass pass) {
    return apply(input);
  }

  @Override
  public boolean isLinearizable() {
    return true;
  }

  @Override
  public Tensor tangent(Tensor inputTangent, TangentPass pass) {
    return TangentPass.linear(inputTangent, this::apply);
  }

  private Tensor apply(Tensor input) {
    try (TensorScope scope = TensorScope.open()) {
      return scope.keep(
          torch.avg_pool2d(
              input,
              window.sizes(),
              window.strides(),
              window.paddings(),
              false,
              true,
              new LongOptional()));
    }
  }
}
