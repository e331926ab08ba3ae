package io.github.smartaug.nn;

import io.github.smartaug.tensor.TensorScope;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Largest value in each window, [B,C,H,W] to [B,C,H',W'].
 *
 * @param window its padding counts as minus infinity
 */
public record MaxPool2d(Window window) implements Layer {
  private static final long[] NO_DILATION = {1, 1};

  /** Windows side by side, such as 2x2 pixels each. */
  public MaxPool2d(int size) {
    this(Window.of(size).withStride(size));
  }

  @Override
  public Tensor forward(Tensor input, ForwardPass pass) {
    try (TensorScope scope = TensorScope.open()) {
      T_TensorTensor_T valuesAndIndices =
          torch.max_pool2d_with_indices(
              input, window.sizes(), window.strides(), window.paddings(), NO_DILATION, false);
      pass.leave(valuesAndIndices.get1());
      return scope.keep(new Tensor(valuesAndIndices.get0()));
    }
  }

  @Override
  public boolean isLinearizable() {
    return true;
  }

  /** Reads the tangent where the largest values were. */
  @Override
  public Tensor tangent(Tensor inputTangent, TangentPass pass) {
    // Index of the largest value of each window, row-major within its channel.
    Tensor indices = pass.values().note().orElseThrow();
    try (TensorScope scope = TensorScope.open()) {
      return scope.keep(TangentPass.linear(inputTangent, tangent -> readAt(indices, tangent)));
    }
  }

  private static Tensor readAt(Tensor indices, Tensor values) {
    // Pixels are one dimension; which one comes last follows the memory format, to spare a copy.
    if (MemoryFormat.CHANNELS_LAST.isOrderOf(values)) {
      Tensor pixelsFirst = values.permute(0, 2, 3, 1).flatten(1, 2);
      Tensor rows = indices.permute(0, 2, 3, 1);
      return pixelsFirst.gather(1, rows.flatten(1, 2)).view_as(rows).permute(0, 3, 1, 2);
    }
    return values.flatten(2, 3).gather(2, indices.flatten(2, 3)).view_as(indices);
  }
}
