package io.github.smartaug.transform;

import io.github.smartaug.tensor.TensorScope;
import org.bytedeco.pytorch.Tensor;

/**
 * The pixels of every image that a rectangle covers.
 *
 * <p>Its edge is soft or hard. Soft: a pixel counts as much as the rectangle covers of it, which
 * has an exact derivative with respect to the rectangle's sides. Hard: a pixel counts if its centre
 * is inside, as when holes are cut from arrays; the derivative is then that of the soft edge
 * (straight-through), or none.
 *
 * @param horizontal columns
 * @param vertical rows
 */
record RectangleMask(Interval horizontal, Interval vertical) {
  /**
   * The mask.
   *
   * @param edge {@link GradientKind#EXACT} for a soft edge; for a hard one, where its derivative
   *     comes from
   * @return [B,1,height,width] in [0,1]
   */
  Tensor pixels(long height, long width, GradientKind edge) {
    try (TensorScope scope = TensorScope.open()) {
      if (edge == GradientKind.EXACT) {
        return scope.keep(product(vertical.coverage(height), horizontal.coverage(width)));
      }
      Tensor hard = product(vertical.centres(height), horizontal.centres(width));
      if (edge == GradientKind.NONE || !StraightThrough.wanted(horizontal.end())) {
        return scope.keep(hard);
      }
      Tensor soft = product(vertical.coverage(height), horizontal.coverage(width));
      return scope.keep(StraightThrough.identity(hard, soft));
    }
  }

  private static Tensor product(Tensor rows, Tensor columns) {
    try (TensorScope scope = TensorScope.open()) {
      return scope.keep(rows.unsqueeze(2).mul(columns.unsqueeze(1)).unsqueeze(1));
    }
  }
}
