package io.github.smartaug.transform;

import io.github.smartaug.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;

/** Blends with black. */
record Brightness() implements BlendTransform {
  @Override
  public Tensor base(Tensor images) {
    return Tensors.full(0, images, 1, 1, 1, 1);
  }
}
