package io.github.smartaug.transform;

import io.github.smartaug.tensor.Scope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Mirrors images along an axis: X exchanges left and right, Y exchanges top and bottom. */
final class Flip implements Transform {
  private final Axis axis;

  Flip(Axis axis) {
    this.axis = axis;
  }

  @Override
  public Tensor apply(Tensor images, Tensor values) {
    try (Scope scope = Scope.open()) {
      return scope.keep(torch.flip(images, axis == Axis.X ? 3 : 2));
    }
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
