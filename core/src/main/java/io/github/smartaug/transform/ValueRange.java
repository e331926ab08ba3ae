package io.github.smartaug.transform;

import org.bytedeco.pytorch.Tensor;

/** Maps a magnitude and a uniform draw to the value of a transform. */
@FunctionalInterface
public interface ValueRange {
  /**
   * Values for a group of images, differentiable with respect to the magnitude.
   *
   * @param magnitudes [1] or [B], in [0,1]
   * @param uniforms draws in [0,1), [B]
   * @param height of the images in pixels
   * @param width of the images in pixels
   * @return [B], in the transform's unit
   */
  Tensor values(Tensor magnitudes, Tensor uniforms, int height, int width);
}
