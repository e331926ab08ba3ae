package io.github.smartaug.nn;

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
    return torch.max_pool2d(
        input, window.sizes(), window.strides(), window.paddings(), NO_DILATION, false);
  }
}
