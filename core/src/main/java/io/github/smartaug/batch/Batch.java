package io.github.smartaug.batch;

import io.github.smartaug.tensor.Tensors;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Labelled images.
 *
 * @param images float [B,C,H,W] in [0,1], not normalised
 * @param labels int64 [B], class indices from 0
 */
public record Batch(Tensor images, Tensor labels) {
  /**
   * Checks that there is a label for each image, of the one type that holds all class indices.
   *
   * @throws IllegalArgumentException if not
   */
  public Batch {
    boolean fits =
        images.dim() == 4
            && labels.dim() == 1
            && labels.size(0) == images.size(0)
            && labels.scalar_type().intern() == ScalarType.Long;
    if (!fits) {
      throw new IllegalArgumentException(
          "batch: images %s with labels %s of type %s, allowed: [B,C,H,W] with [B] of type int64"
              .formatted(
                  Tensors.shapeText(images),
                  Tensors.shapeText(labels),
                  labels.scalar_type().intern()));
    }
  }

  /** Number of images. */
  public int size() {
    return Math.toIntExact(images.size(0));
  }

  /** A copy on a device, in the caller's scope. */
  public Batch on(Device device) {
    return new Batch(
        images.to(device, images.scalar_type()), labels.to(device, labels.scalar_type()));
  }

  /** The first so many images, or all if there are fewer, in the caller's scope. */
  public Batch first(int most) {
    long size = Math.min(most, size());
    return new Batch(images.narrow(0, 0, size), labels.narrow(0, 0, size));
  }
}
