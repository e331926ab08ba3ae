package io.github.smartaug.transform;

import io.github.smartaug.tensor.Scope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Blends with a smoothed image: the 3x3 filter 1 1 1 / 1 5 1 / 1 1 1 over 13, the border mirrored
 * without repeating the edge pixel. An image one pixel wide or high has nothing to mirror; its only
 * column or row is repeated.
 */
record Sharpness() implements BlendTransform {
  @Override
  public Tensor blend(Tensor images, Tensor factors) {
    try (Scope scope = Scope.open()) {
      return scope.keep(BlendTransform.blend(images, factors, smoothed(images)));
    }
  }

  /**
   * A box of ones, with four more in the middle. To fold those into the factor saves two passes,
   * but rounds white beyond the clamp's limit, where gradients end.
   */
  private static Tensor smoothed(Tensor images) {
    try (Scope scope = Scope.open()) {
      Tensor box = sumOfThree(sumOfThree(padded(images), 3), 2);
      return scope.keep(box.add_(images, new Scalar(4)).mul_(new Scalar(1 / 13.0)));
    }
  }

  /** Each with its two neighbours along an axis; without the two ends, which lack one. */
  private static Tensor sumOfThree(Tensor images, int axis) {
    long size = images.size(axis) - 2;
    try (Scope scope = Scope.open()) {
      return scope.keep(
          images
              .narrow(axis, 0, size)
              .add(images.narrow(axis, 1, size))
              .add_(images.narrow(axis, 2, size)));
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
