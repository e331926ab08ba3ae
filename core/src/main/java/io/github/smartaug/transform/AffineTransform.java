package io.github.smartaug.transform;

import io.github.smartaug.tensor.Scope;
import org.bytedeco.pytorch.Tensor;

/**
 * A transform that moves pixels: {@code out(x, y) = in(M^-1 (x, y, 1))}, as {@link AffineSampler}
 * reads it.
 *
 * <p>A member of the family states its inverse matrix in closed form, so that images under
 * different transforms of the family can share one sampling.
 */
interface AffineTransform extends Transform {
  /**
   * Where each output pixel comes from.
   *
   * @param values [B]
   * @param height of the images, in pixels
   * @param width of the images, in pixels
   * @return [B,2,3], differentiable in the values: rows give the source column x and row y of
   *     output pixel (x, y, 1), in pixels, (0, 0) the centre of the top left one
   */
  Tensor inverseMatrices(Tensor values, long height, long width);

  @Override
  default Tensor apply(Tensor images, Tensor values) {
    PerImage.check(values, images);
    try (Scope scope = Scope.open()) {
      Tensor matrices = inverseMatrices(values, images.size(2), images.size(3));
      return scope.keep(AffineSampler.sample(images, matrices));
    }
  }
}
