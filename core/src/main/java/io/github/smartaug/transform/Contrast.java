package io.github.smartaug.transform;

import io.github.smartaug.tensor.Scope;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;

/**
 * Blends each image with the mean of its grey image.
 *
 * <p>PIL rounds that mean to a whole grey level; here it is not rounded, so that it is
 * differentiable in the image. Results are within one level of PIL's.
 */
record Contrast() implements BlendTransform {
  @Override
  public Tensor base(Tensor images) {
    try (Scope scope = Scope.open()) {
      long[] allButTheBatch = {1, 2, 3};
      return scope.keep(Grey.of(images).mean(allButTheBatch, true, new ScalarTypeOptional()));
    }
  }
}
