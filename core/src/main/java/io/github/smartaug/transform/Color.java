package io.github.smartaug.transform;

import org.bytedeco.pytorch.Tensor;

/** Blends with the grey image; images of one channel stay as they are. */
record Color() implements BlendTransform {
  @Override
  public Tensor base(Tensor images) {
    return Grey.of(images);
  }
}
