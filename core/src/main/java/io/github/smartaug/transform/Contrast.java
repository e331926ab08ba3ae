package io.github.smartaug.transform;

import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;

/** Blends with the mean luminance of each image, which PIL rounds to a whole grey value. */
final class Contrast extends BlendTransform {
  @Override
  Tensor base(Tensor images) {
    return grey(images).mean(new long[] {1, 2, 3}, true, new ScalarTypeOptional());
  }
}
