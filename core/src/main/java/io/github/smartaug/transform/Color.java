package io.github.smartaug.transform;

import io.github.smartaug.tensor.TensorScope;
import org.bytedeco.pytorch.Tensor;

/** Blends with the grey image; images of one channel stay as they are. */
record Color() implements BlendTransform {
  @Override
  public Tensor blend(Tensor images, Tensor factors) {
    try (TensorScope scope = TensorScope.open()) {
      return scope.keep(BlendTransform.blend(images, factors, Grey.of(images)));
    }
  }
}
