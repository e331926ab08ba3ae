package io.github.smartaug.transform;

import org.bytedeco.pytorch.Tensor;

/** Blends with black. */
record Brightness() implements BlendTransform {
  @Override
  public Tensor blend(Tensor images, Tensor factors) {
    return images.mul(factors);
  }
}
