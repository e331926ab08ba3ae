package io.github.smartaug.transform;

import org.bytedeco.pytorch.Tensor;

/**
 * Leaves the images as they are.
 *
 * <p>Takes no value.
 */
public record Identity() implements ValuelessTransform {
  @Override
  public Tensor apply(Tensor images, Tensor values) {
    PerImage.check(images);
    return images;
  }
}
