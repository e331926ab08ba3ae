package io.github.smartaug.transform;

import org.bytedeco.pytorch.Tensor;

/** Leaves the images as they are. */
record Identity() implements Transform {
  @Override
  public Tensor apply(Tensor images, Tensor values) {
    PerImage.check(images);
    return images;
  }

  @Override
  public boolean usesValue() {
    return false;
  }

  @Override
  public GradientKind gradientKind() {
    return GradientKind.NONE;
  }
}
