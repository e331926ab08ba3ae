package io.github.smartaug.transform;

import io.github.smartaug.tensor.Scope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Keeps the highest bits of each pixel's 8-bit value. Values are numbers of bits, truncated to a
 * whole number. Neither images nor values get a gradient: the result is piecewise constant.
 */
final class Posterize implements Transform {
  @Override
  public Tensor apply(Tensor images, Tensor bits) {
    try (Scope scope = Scope.open()) {
      Tensor dropped = bits.detach().trunc().neg().add(new Scalar(8.0)).view(-1, 1, 1, 1);
      Tensor step = torch.exp2(dropped);
      Tensor levels = images.detach().mul(new Scalar(255.0)).trunc();
      return scope.keep(levels.div(step).floor().mul(step).div(new Scalar(255.0)));
    }
  }

  @Override
  public GradientKind gradientKind() {
    return GradientKind.NONE;
  }
}
