package io.github.smartaug.transform;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Translation along an axis. Values are pixels; positive moves the content right or down. */
final class Translate extends AffineTransform {
  private final Axis axis;

  Translate(Axis axis) {
    this.axis = axis;
  }

  @Override
  InverseMap inverse(Tensor pixels, int height, int width) {
    Tensor one = torch.ones_like(pixels);
    Tensor zero = torch.zeros_like(pixels);
    Tensor back = pixels.neg();
    return new InverseMap(
        new Row(one, zero, axis == Axis.X ? back : zero),
        new Row(zero, one, axis == Axis.Y ? back : zero));
  }
}
