package io.github.smartaug.transform;

import io.github.smartaug.tensor.Scope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Inverts pixels that are strictly above a threshold. Values are thresholds, without gradient. */
final class Solarize implements Transform {
  @Override
  public Tensor apply(Tensor images, Tensor thresholds) {
    try (Scope scope = Scope.open()) {
      Tensor above = images.gt(thresholds.detach().view(-1, 1, 1, 1));
      return scope.keep(torch.where(above, images.neg().add(new Scalar(1.0)), images));
    }
  }

  @Override
  public GradientKind gradientKind() {
    return GradientKind.NONE;
  }
}
