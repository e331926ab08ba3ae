package io.github.smartaug.transform;

import io.github.smartaug.tensor.TensorScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;

/**
 * Adds normal noise to every number: {@code clamp(x + value n)}; the value is its deviation.
 *
 * <p>Value: a standard deviation as a part of white, at least 0; 0 changes nothing.
 */
public record Noise() implements SeededTransform {
  @Override
  public Tensor apply(Tensor images, Tensor values, long[] seeds) {
    Tensor deviations = PerImage.broadcast(values, images);
    Seeds.check(seeds, images);
    try (TensorScope scope = TensorScope.open()) {
      Tensor noisy = images.addcmul(NoiseField.normal(seeds, images), deviations);
      return scope.keep(
          noisy.clamp(new ScalarOptional(new Scalar(0)), new ScalarOptional(new Scalar(1))));
    }
  }

  @Override
  public ValueRange allowedValues() {
    return ValueRange.NOT_NEGATIVE;
  }

  @Override
  public ValueUnit unit() {
    return ValueUnit.LEVEL;
  }
}
