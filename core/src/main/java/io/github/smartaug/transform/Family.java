package io.github.smartaug.transform;

import org.bytedeco.pytorch.Tensor;

/** Transforms whose images share one chain of kernels. */
@FunctionalInterface
interface Family {
  /**
   * Transforms images of the family.
   *
   * @param images [b,C,H,W]
   * @param values [b]
   * @param chosen index of each image's transform in the set, [b]
   * @return [b,C,H,W]
   */
  Tensor apply(Tensor images, Tensor values, int[] chosen);
}
