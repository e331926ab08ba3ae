package io.github.smartaug.transform;

import io.github.smartaug.tensor.TensorScope;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * A transform that moves pixels: {@code out(x, y) = in(M^-1 (x, y, 1))}, as {@link AffineSampler}
 * reads it.
 *
 * <p>A member of the family states its inverse matrix in closed form, so that images under
 * different transforms of the family share one sampling.
 */
interface AffineTransform extends Transform {
  /**
   * Where each output pixel comes from: rows of the matrix give the source column x and row y of
   * output pixel (x, y, 1), in pixels, (0, 0) the centre of the top left one.
   *
   * @param height of the images, in pixels
   * @param width of the images, in pixels
   */
  AffineCoefficients coefficients(int height, int width);

  @Override
  default Tensor apply(Tensor images, Tensor values) {
    return apply(images, values, Sampling.DEFAULT);
  }

  @Override
  default Tensor apply(Tensor images, Tensor values, Sampling sampling) {
    PerImage.check(values, images);
    try (TensorScope scope = TensorScope.open()) {
      int height = Math.toIntExact(images.size(2));
      int width = Math.toIntExact(images.size(3));
      Tensor table = AffineCoefficients.table(List.of(coefficients(height, width)), values);
      AffineSampler sampler = new AffineSampler(height, width, sampling, values);
      Tensor matrices = sampler.prepared(AffineCoefficients.matrices(table, values));
      return scope.keep(sampler.sample(images, matrices));
    }
  }
}
