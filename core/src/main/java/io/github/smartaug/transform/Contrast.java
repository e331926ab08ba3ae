package io.github.smartaug.transform;

import io.github.smartaug.tensor.TensorScope;
import org.bytedeco.pytorch.Tensor;

/**
 * Blends each image with the mean of its grey image.
 *
 * <p>PIL rounds that mean to a whole grey level; here it is not rounded, so that it is
 * differentiable in the image. Results are within one level of PIL's.
 *
 * <p>Value: a factor, at least 0; 0 is the grey mean, 1 changes nothing, more is more contrast.
 */
public record Contrast() implements BlendTransform {
  @Override
  public Tensor blend(Tensor images, Tensor factors) {
    try (TensorScope scope = TensorScope.open()) {
      return scope.keep(BlendTransform.blend(images, factors, Grey.mean(images)));
    }
  }
}
