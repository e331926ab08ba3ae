package io.github.smartaug.transform;

import org.bytedeco.pytorch.Tensor;

/**
 * A differentiable image transform: a deterministic function of images and one value per image.
 *
 * <p>Drawing the values is elsewhere, so every augmentation can be replayed. A transform that draws
 * more than its value is a {@link SeededTransform}. Implementations hold no tensors and never
 * change their input.
 *
 * <p>What can only be known by reading numbers back from the device (pixels outside [0,1], values
 * outside {@link #allowedValues()}) is not checked here, because training would wait for it: see
 * {@link CheckedTransform}.
 */
public interface Transform {
  /**
   * Transforms every image with its own value.
   *
   * @param images float32 or float64 [B,C,H,W] in [0,1], C is 1 or 3; B may be 0
   * @param values [B], of the images' type and on their device, in the transform's own unit
   *     (degrees, pixels, factor, bits, threshold); ignored unless {@link #usesValue()}
   * @return [B,C,H,W] in [0,1]; may be {@code images} itself where nothing changes
   * @throws IllegalArgumentException if a shape or type is not of this kind
   */
  Tensor apply(Tensor images, Tensor values);

  /**
   * {@link #apply(Tensor, Tensor)}, with pixels read in another way where the transform moves them;
   * others do the same whatever the sampling.
   */
  default Tensor apply(Tensor images, Tensor values, Sampling sampling) {
    return apply(images, values);
  }

  /** Whether the result depends on the values. */
  default boolean usesValue() {
    return true;
  }

  /** Whether it can do anything to images of one channel: not if it is about colours. */
  default boolean changesGrey() {
    return true;
  }

  /** How the gradient with respect to the values is taken. */
  default GradientKind gradientKind() {
    return GradientKind.EXACT;
  }

  /** What the value counts. */
  default ValueUnit unit() {
    return ValueUnit.NONE;
  }

  /** The values that make sense, in that unit. */
  default ValueRange allowedValues() {
    return ValueRange.ANY;
  }

  /** The same function with true derivatives only: where there is none, nothing is learned. */
  default Transform withoutStraightThrough() {
    return this;
  }
}
