package io.github.smartaug.transform;

import io.github.smartaug.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Checks the arguments of a transform and brings them together. */
final class PerImage {
  private PerImage() {}

  /**
   * The values as [B,1,1,1], to be combined with images [B,C,H,W].
   *
   * @throws IllegalArgumentException as {@link #check}
   */
  static Tensor broadcast(Tensor values, Tensor images) {
    check(values, images);
    return values.view(-1, 1, 1, 1);
  }

  /**
   * Checks images and values.
   *
   * @throws IllegalArgumentException if the images are not floating-point [B,C,H,W], or the values
   *     not [B] of the same type
   */
  static void check(Tensor values, Tensor images) {
    check(images);
    long batch = images.size(0);
    if (values.dim() != 1 || values.size(0) != batch) {
      throw new IllegalArgumentException(
          "values of shape "
              + Tensors.shapeText(values)
              + " for "
              + batch
              + " images, expected one each: ["
              + batch
              + "]");
    }
    ScalarType valueType = values.scalar_type().intern();
    ScalarType imageType = images.scalar_type().intern();
    if (valueType != imageType) {
      throw new IllegalArgumentException(
          "values are " + valueType + " and images " + imageType + ", expected the same type");
    }
  }

  /**
   * Checks images.
   *
   * @throws IllegalArgumentException if they are not floating-point [B,C,H,W]
   */
  static void check(Tensor images) {
    if (images.dim() != 4) {
      throw new IllegalArgumentException(
          "images of shape " + Tensors.shapeText(images) + ", expected [B,C,H,W]");
    }
    if (!torch.is_floating_point(images)) {
      throw new IllegalArgumentException(
          "images are " + images.scalar_type().intern() + ", expected floating-point in [0,1]");
    }
  }
}
