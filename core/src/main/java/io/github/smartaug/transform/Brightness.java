package io.github.smartaug.transform;

import io.github.smartaug.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;

/** Blends with black. */
final class Brightness extends BlendTransform {
  @Override
  Tensor base(Tensor images) {
    return Tensors.scalar(0, images);
  }
}
