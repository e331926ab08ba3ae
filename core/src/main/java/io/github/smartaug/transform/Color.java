package io.github.smartaug.transform;

import io.github.smartaug.tensor.TensorScope;
import org.bytedeco.pytorch.Tensor;

/**
 * Blends with the grey image; images of one channel stay as they are.
 *
 * <p>Value: a factor, at least 0; 0 is grey, 1 changes nothing, more is more colourful.
 */
public record Color() implements BlendTransform {
  @Override
  public boolean changesGrey() {
    return false;
  }

  @Override
  public Tensor blend(Tensor images, Tensor factors) {
    try (TensorScope scope = TensorScope.open()) {
      return scope.keep(BlendTransform.blend(images, factors, Grey.of(images)));
    }
  }
}
