package io.github.smartaug.transform;

import io.github.smartaug.tensor.Scope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * A transform that blends images with a base: {@code clamp(factor * images + (1 - factor) * base)}.
 * A factor of 0 gives the base, 1 the image, more than 1 moves away from the base. As in PIL's
 * {@code ImageEnhance}, without its rounding to whole grey levels.
 *
 * <p>A member of the family states its base.
 */
interface BlendTransform extends Transform {
  /**
   * What factor 0 gives.
   *
   * @param images [B,C,H,W]
   * @return of a shape that broadcasts to the images', differentiable in them
   */
  Tensor base(Tensor images);

  @Override
  default ValueRange allowedValues() {
    return ValueRange.NOT_NEGATIVE;
  }

  @Override
  default Tensor apply(Tensor images, Tensor values) {
    Tensor factors = PerImage.broadcast(values, images);
    try (Scope scope = Scope.open()) {
      Tensor rest = base(images).mul(factors.neg().add(new Scalar(1)));
      // In this form the image comes back exactly at factor 1, so that white stays within the
      // clamp's limits; and each kernel broadcasts one operand at most, which has fast loops.
      return scope.keep(UnitInterval.clamp(images.mul(factors).add_(rest)));
    }
  }
}
