package io.github.smartaug.transform;

import org.bytedeco.pytorch.Tensor;

/**
 * A differentiable image transform: a deterministic function of images and one value per image.
 *
 * <p>Drawing the values is elsewhere, so every augmentation can be replayed. Implementations hold
 * no tensors and never change their input.
 */
public interface Transform {
  /**
   * Transforms every image with its own value.
   *
   * @param images float [B,C,H,W] in [0,1], C is 1 or 3
   * @param values [B], of the images' type and on their device, in the transform's own unit
   *     (degrees, pixels, factor, bits, threshold); ignored unless {@link #usesValue()}
   * @return [B,C,H,W] in [0,1]; may be {@code images} itself where nothing changes
   * @throws IllegalArgumentException if a shape or type is not of this kind
   */
  Tensor apply(Tensor images, Tensor values);

  /** Whether the result depends on the values. */
  default boolean usesValue() {
    return true;
  }

  /** The values that make sense, and their unit. {@link #apply} does not check them. */
  default ValueDomain valueDomain() {
    return ValueDomain.unbounded(ValueUnit.NONE);
  }

  /** How the gradient with respect to the values is taken. */
  default GradientKind gradientKind() {
    return GradientKind.EXACT;
  }
}
