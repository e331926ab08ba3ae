package io.github.smartaug.transform;

import io.github.smartaug.tensor.TensorScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * The negative of the images, {@code 1 - x}.
 *
 * <p>Takes no value.
 */
public record Invert() implements ValuelessTransform {
  @Override
  public Tensor apply(Tensor images, Tensor values) {
    PerImage.check(images);
    try (TensorScope scope = TensorScope.open()) {
      return scope.keep(images.neg().add(new Scalar(1)));
    }
  }
}
