package io.github.smartaug.transform;

import org.bytedeco.pytorch.Tensor;

/** Blends with the luminance of each pixel. */
final class Color extends BlendTransform {
  @Override
  Tensor base(Tensor images) {
    return grey(images);
  }
}
