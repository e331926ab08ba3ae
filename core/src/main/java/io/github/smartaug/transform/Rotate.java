package io.github.smartaug.transform;

import io.github.smartaug.tensor.Scope;
import io.github.smartaug.tensor.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Rotates by an angle in degrees, counter-clockwise as seen, about the centre ((W-1)/2, (H-1)/2).
 */
record Rotate() implements AffineTransform {
  @Override
  public Tensor inverseMatrices(Tensor values, long height, long width) {
    double x = (width - 1) / 2.0;
    double y = (height - 1) / 2.0;
    try (Scope scope = Scope.open()) {
      Tensor radians = values.mul(new Scalar(Math.PI / 180)).view(-1, 1, 1);
      Tensor centre = Tensors.constant(new double[] {0, 0, x, 0, 0, y}, values, 1, 2, 3);
      Tensor ofCosine = Tensors.constant(new double[] {1, 0, -x, 0, 1, -y}, values, 1, 2, 3);
      Tensor ofSine = Tensors.constant(new double[] {0, -1, y, 1, 0, -x}, values, 1, 2, 3);
      return scope.keep(centre.addcmul(radians.cos(), ofCosine).addcmul(radians.sin(), ofSine));
    }
  }
}
