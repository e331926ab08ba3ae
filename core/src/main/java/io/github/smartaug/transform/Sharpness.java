package io.github.smartaug.transform;

import io.github.smartaug.tensor.LinearFunction;
import io.github.smartaug.tensor.TensorScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Blends with a smoothed image: the 3x3 filter 1 1 1 / 1 5 1 / 1 1 1 over 13, the border mirrored
 * without repeating the edge pixel. An image one pixel wide or high has nothing to mirror; its only
 * column or row is repeated.
 *
 * <p>Value: a factor, at least 0; 0 is smooth, 1 changes nothing, more is sharper.
 */
public record Sharpness() implements BlendTransform {
  /**
   * Autograd's backward is three times slower than the forward pass; this adjoint is as fast as it.
   */
  private static final LinearFunction SMOOTHED =
      new LinearFunction(Sharpness::smoothed, Sharpness::spread);

  @Override
  public Tensor blend(Tensor images, Tensor factors) {
    try (TensorScope scope = TensorScope.open()) {
      return scope.keep(BlendTransform.blend(images, factors, SMOOTHED.apply(images)));
    }
  }

  private static Tensor smoothed(Tensor images) {
    try (TensorScope scope = TensorScope.open()) {
      return scope.keep(filtered(sumOfThree(sumOfThree(mirrored(images), 3), 2), images));
    }
  }

  /** A box of ones, with four more in the middle. */
  private static Tensor filtered(Tensor box, Tensor middle) {
    return box.add_(middle, new Scalar(4)).mul_(new Scalar(1 / 13.0));
  }

  /** The adjoint: every pixel is added to those that it was read for. */
  private static Tensor spread(Tensor gradient) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor columns = spread(torch.constant_pad_nd(gradient, 1, 1, 1, 1), 3);
      return scope.keep(filtered(spread(columns, 2), gradient));
    }
  }

  /** Along one axis, at whose ends there are zeros, which fall away. */
  private static Tensor spread(Tensor padded, int axis) {
    long size = padded.size(axis) - 2;
    try (TensorScope scope = TensorScope.open()) {
      Tensor sum = sumOfThree(padded, axis);
      // What was read for the mirrored pixels, too; a single one was read three times.
      sum.narrow(axis, Math.min(1, size - 1), 1).add_(padded.narrow(axis, 1, 1));
      sum.narrow(axis, Math.max(0, size - 2), 1).add_(padded.narrow(axis, size, 1));
      return scope.keep(sum);
    }
  }

  /** Each with its two neighbours along an axis; without the two ends, which lack one. */
  private static Tensor sumOfThree(Tensor images, int axis) {
    long size = images.size(axis) - 2;
    try (TensorScope scope = TensorScope.open()) {
      return scope.keep(
          images
              .narrow(axis, 0, size)
              .add(images.narrow(axis, 1, size))
              .add_(images.narrow(axis, 2, size)));
    }
  }

  private static Tensor mirrored(Tensor images) {
    long height = images.size(2);
    long width = images.size(3);
    long besideX = width > 1 ? 1 : 0;
    long besideY = height > 1 ? 1 : 0;
    return torch
        .reflection_pad2d(images, besideX, besideX, besideY, besideY)
        .expand(images.size(0), images.size(1), height + 2, width + 2);
  }
}
