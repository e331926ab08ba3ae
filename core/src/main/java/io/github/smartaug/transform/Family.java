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
   * @param uniforms each image's draw in [0,1), [b]: what else is drawn follows from it
   * @return [b,C,H,W]
   */
  Tensor apply(Tensor images, Tensor values, double[] uniforms);
}
