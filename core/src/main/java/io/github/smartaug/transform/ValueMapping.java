package io.github.smartaug.transform;

import org.bytedeco.pytorch.Tensor;

/**
 * Where a transform's values come from: a magnitude m in [0.01, 1], which may be learned, and a
 * uniform draw u in [0, 1) for each image. The usual one is {@link MagnitudeRange}.
 */
@FunctionalInterface
public interface ValueMapping {
  /**
   * The mapping for images of one size.
   *
   * @param height in pixels
   * @param width in pixels
   */
  ValueCoefficients coefficients(int height, int width);

  /**
   * Values for a batch of images, as {@link ValueCoefficients#value(Tensor, Tensor)}.
   *
   * @param magnitudes [B], or [1] for all
   * @param uniforms [B]
   * @param height of the images, in pixels
   * @param width of the images, in pixels
   * @return [B], differentiable in the magnitudes
   */
  default Tensor value(Tensor magnitudes, Tensor uniforms, int height, int width) {
    return coefficients(height, width).value(magnitudes, uniforms);
  }
}
