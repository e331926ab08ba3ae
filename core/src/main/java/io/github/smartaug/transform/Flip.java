package io.github.smartaug.transform;

import io.github.smartaug.tensor.Scope;
import io.github.smartaug.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;

/**
 * Mirrors images: left and right along {@link Axis#X}, top and bottom along {@link Axis#Y}.
 *
 * @param axis the coordinate that is reversed
 */
record Flip(Axis axis) implements AffineTransform {
  /** Exact, where sampling would round. */
  @Override
  public Tensor apply(Tensor images, Tensor values) {
    PerImage.check(images);
    return images.flip(axis == Axis.X ? 3 : 2);
  }

  @Override
  public Tensor inverseMatrices(Tensor values, long height, long width) {
    double[] matrix =
        axis == Axis.X
            ? new double[] {-1, 0, width - 1, 0, 1, 0}
            : new double[] {1, 0, 0, 0, -1, height - 1};
    try (Scope scope = Scope.open()) {
      Tensor one = Tensors.constant(matrix, values, 1, 2, 3);
      return scope.keep(one.expand(values.size(0), 2, 3));
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
