package io.github.smartaug.transform;

import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Checks of images that come from outside. */
public final class Images {
  private Images() {}

  /**
   * Checks the shape and the type of a batch, which does not wait for the device.
   *
   * @throws IllegalArgumentException if images are not float32 or float64 [B,C,H,W] with at least
   *     one pixel each
   */
  public static void requireBatch(Tensor images) {
    PerImage.check(images);
  }

  /**
   * Checks that images can be transformed; waits for the device.
   *
   * @throws IllegalArgumentException if they are not float32 or float64 [B,C,H,W] with at least one
   *     pixel, or a number is not in [0,1]; the message says which is the first
   */
  public static void requireUnitRange(Tensor images) {
    PerImage.check(images);
    try (TensorScope scope = TensorScope.open()) {
      // Not a number compares false with everything.
      Tensor inside = images.ge(new Scalar(0)).logical_and(images.le(new Scalar(1)));
      if (inside.all().item_bool()) {
        return;
      }
      long place = inside.flatten().logical_not().to(ScalarType.Byte).argmax().item_long();
      throw new IllegalArgumentException(outside(images, place));
    }
  }

  private static String outside(Tensor images, long place) {
    long width = images.size(3);
    long height = images.size(2);
    long channels = images.size(1);
    long column = place % width;
    long row = place / width % height;
    long channel = place / width / height % channels;
    long image = place / width / height / channels;
    double found = Tensors.item(images.flatten().select(0, place));
    return String.format(
        "image %d has %s at channel %d, row %d, column %d, allowed: 0 to 1",
        image, found, channel, row, column);
  }
}
