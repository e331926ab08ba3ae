package io.github.smartaug.transform;

import org.bytedeco.pytorch.Tensor;

/**
 * A transform that draws more than its value: the place of a hole, a field of noise.
 *
 * <p>All that it draws for an image follows from that image's seed, so the same seeds give the same
 * bits, in whatever order or batch the images come.
 */
public interface SeededTransform extends Transform {
  /**
   * Transforms every image with its own value and its own seed.
   *
   * @param images float [B,C,H,W] in [0,1]
   * @param values [B], as {@link Transform#apply}
   * @param seeds [B], any numbers
   * @return [B,C,H,W] in [0,1]
   * @throws IllegalArgumentException if a shape or type is not of this kind
   */
  Tensor apply(Tensor images, Tensor values, long[] seeds);

  /**
   * {@link #apply(Tensor, Tensor, long[])}, with pixels read in another way where the transform
   * moves them; others do the same whatever the sampling.
   */
  default Tensor apply(Tensor images, Tensor values, long[] seeds, Sampling sampling) {
    return apply(images, values, seeds);
  }

  /** With seed 0 for every image: all get the same draw. */
  @Override
  default Tensor apply(Tensor images, Tensor values) {
    return apply(images, values, Sampling.DEFAULT);
  }

  @Override
  default Tensor apply(Tensor images, Tensor values, Sampling sampling) {
    PerImage.check(images);
    return apply(images, values, new long[Math.toIntExact(images.size(0))], sampling);
  }
}
