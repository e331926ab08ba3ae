package io.github.smartaug.transform;

import io.github.smartaug.tensor.Scope;
import io.github.smartaug.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Blends with a smoothed image: the 3x3 filter 1 1 1 / 1 5 1 / 1 1 1 over 13, the border mirrored
 * without repeating the edge pixel. An image one pixel wide or high has nothing to mirror; its only
 * column or row is repeated.
 */
record Sharpness() implements BlendTransform {
  private static final double[] KERNEL = {
    1 / 13.0, 1 / 13.0, 1 / 13.0,
    1 / 13.0, 5 / 13.0, 1 / 13.0,
    1 / 13.0, 1 / 13.0, 1 / 13.0
  };

  private static final long[] ONE = {1, 1};
  private static final long[] ZERO = {0, 0};

  @Override
  public Tensor base(Tensor images) {
    long channels = images.size(1);
    try (Scope scope = Scope.open()) {
      Tensor kernel = Tensors.constant(KERNEL, images, 1, 1, 3, 3).expand(channels, 1, 3, 3);
      return scope.keep(
          torch.conv2d(padded(images), kernel, new TensorOptional(), ONE, ZERO, ONE, channels));
    }
  }

  private static Tensor padded(Tensor images) {
    long height = images.size(2);
    long width = images.size(3);
    long besideX = width > 1 ? 1 : 0;
    long besideY = height > 1 ? 1 : 0;
    return torch
        .reflection_pad2d(images, besideX, besideX, besideY, besideY)
        .expand(images.size(0), images.size(1), height + 2, width + 2);
  }
}
