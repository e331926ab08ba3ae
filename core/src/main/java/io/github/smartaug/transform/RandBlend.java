package io.github.smartaug.transform;

import io.github.smartaug.tensor.TensorScope;
import org.bytedeco.pytorch.Tensor;

/**
 * Blends with an image of uniform noise: {@code (1 - value) x + value noise}; the value is the
 * noise's share.
 *
 * <p>Value: a share, 0 (the image) to 1 (noise).
 */
public record RandBlend() implements SeededTransform {
  @Override
  public Tensor apply(Tensor images, Tensor values, long[] seeds) {
    Tensor shares = PerImage.broadcast(values, images);
    Seeds.check(seeds, images);
    try (TensorScope scope = TensorScope.open()) {
      return scope.keep(PixelRange.trimmed(images.lerp(NoiseField.uniform(seeds, images), shares)));
    }
  }

  @Override
  public ValueRange allowedValues() {
    return ValueRange.between(0, 1);
  }

  @Override
  public ValueUnit unit() {
    return ValueUnit.SHARE;
  }
}
