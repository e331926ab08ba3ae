package io.github.smartaug.transform;

import io.github.smartaug.tensor.Scope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Inverts what is brighter than a threshold, strictly: {@code x > threshold ? 1 - x : x}.
 *
 * <p>The gradient to the images is -1 where they are inverted and 1 elsewhere; there is none to the
 * threshold.
 */
record Solarize() implements Transform {
  @Override
  public Tensor apply(Tensor images, Tensor values) {
    Tensor thresholds = PerImage.broadcast(values, images);
    try (Scope scope = Scope.open()) {
      Tensor inverted = images.neg().add(new Scalar(1));
      return scope.keep(torch.where(images.gt(thresholds), inverted, images));
    }
  }

  @Override
  public GradientKind gradientKind() {
    return GradientKind.NONE;
  }

  @Override
  public ValueDomain valueDomain() {
    return ValueDomain.between(0, 1, ValueUnit.LEVEL);
  }
}
