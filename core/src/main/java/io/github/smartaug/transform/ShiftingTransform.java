package io.github.smartaug.transform;

import org.bytedeco.pytorch.Tensor;

/** A transform that moves each image by a whole number of pixels that it draws. */
interface ShiftingTransform extends SeededTransform {
  /**
   * How far images are moved.
   *
   * @param values [B], as {@link Transform#apply}
   * @param seeds [B]
   * @return [2,B], pixels to the right and down, without a gradient
   */
  Tensor shifts(Tensor values, long[] seeds);
}
