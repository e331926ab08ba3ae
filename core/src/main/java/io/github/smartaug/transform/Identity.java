package io.github.smartaug.transform;

import org.bytedeco.pytorch.Tensor;

/** Leaves images as they are. */
final class Identity implements Transform {
  @Override
  public Tensor apply(Tensor images, Tensor values) {
    // A second handle on the same images, so that the result belongs to the caller's scope.
    return new Tensor(images);
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
