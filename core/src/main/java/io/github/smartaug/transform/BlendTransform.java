package io.github.smartaug.transform;

import io.github.smartaug.tensor.TensorScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A transform that blends images with a base: {@code clamp(factor * images + (1 - factor) * base)}.
 * A factor of 0 gives the base, 1 the image, more than 1 moves away from the base. As in PIL's
 * {@code ImageEnhance}, without its rounding to whole grey levels.
 *
 * <p>A member of the family states how it blends, most often with which base.
 */
interface BlendTransform extends Transform {
  /**
   * {@code factor * images + (1 - factor) * base}, not clamped yet.
   *
   * @param images [B,C,H,W]
   * @param factors [B,1,1,1]
   * @return [B,C,H,W], exactly the images at factor 1, in a tensor of its own that may be
   *     overwritten
   */
  Tensor blend(Tensor images, Tensor factors);

  /**
   * {@link #blend} with a base of one value or of one channel per image, or of the images' shape.
   */
  static Tensor blend(Tensor images, Tensor factors, Tensor base) {
    // Both forms give the image exactly at factor 1, and white with white as it is, so that it
    // stays within the clamp's limits.
    if (base.numel() > images.size(0)) {
      return torch.lerp(base, images, factors);
    }
    try (TensorScope scope = TensorScope.open()) {
      // With two operands to broadcast, lerp has slow loops.
      Tensor share = factors.neg().add_(new Scalar(1));
      return scope.keep(images.mul(factors).add_(base.mul(share)));
    }
  }

  @Override
  default ValueRange allowedValues() {
    return ValueRange.NOT_NEGATIVE;
  }

  @Override
  default Tensor apply(Tensor images, Tensor values) {
    Tensor factors = PerImage.broadcast(values, images);
    try (TensorScope scope = TensorScope.open()) {
      return scope.keep(PixelRange.clamp(blend(images, factors)));
    }
  }

  @Override
  default ValueUnit unit() {
    return ValueUnit.FACTOR;
  }
}
