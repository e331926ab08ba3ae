package io.github.smartaug.transform;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Shear along an axis about pixel (0, 0), as in AutoAugment (Cubuk et al., CVPR 2019). Values are
 * tangents: pixels along the axis per pixel across it.
 */
final class Shear extends AffineTransform {
  private final Axis axis;

  Shear(Axis axis) {
    this.axis = axis;
  }

  @Override
  InverseMap inverse(Tensor tangents, int height, int width) {
    Tensor one = torch.ones_like(tangents);
    Tensor zero = torch.zeros_like(tangents);
    Tensor back = tangents.neg();
    return new InverseMap(
        new Row(one, axis == Axis.X ? back : zero, zero),
        new Row(axis == Axis.Y ? back : zero, one, zero));
  }
}
