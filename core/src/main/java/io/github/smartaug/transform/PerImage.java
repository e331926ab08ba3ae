package io.github.smartaug.transform;

import io.github.smartaug.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;
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
   * @throws IllegalArgumentException if the images are not float32 or float64 [B,C,H,W], or the
   *     values not [B] of the same type
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
   * @throws IllegalArgumentException if they are not float32 or float64 [B,C,H,W], or have no
   *     pixels
   */
  static void check(Tensor images) {
    if (images.dim() != 4) {
      throw new IllegalArgumentException(
          "images of shape " + Tensors.shapeText(images) + ", expected [B,C,H,W]");
    }
    if (images.size(1) * images.size(2) * images.size(3) == 0) {
      throw new IllegalArgumentException(
          "images of shape " + Tensors.shapeText(images) + " have no pixels");
    }
    ScalarType type = images.scalar_type().intern();
    if (type != ScalarType.Float && type != ScalarType.Double) {
      throw new IllegalArgumentException(
          "images are of type " + type + ", allowed: Float or Double, in [0,1]");
    }
  }

  /**
   * Checks that images are grey or coloured.
   *
   * @throws IllegalArgumentException if they have neither 1 nor 3 channels
   */
  static void requireGreyOrColor(Tensor images) {
    long channels = images.size(1);
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException(
          "images of shape "
              + Tensors.shapeText(images)
              + " have "
              + channels
              + " channels, allowed: 1 (grey), 3 (red, green, blue)");
    }
  }
}
