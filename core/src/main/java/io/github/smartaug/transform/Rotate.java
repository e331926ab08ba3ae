package io.github.smartaug.transform;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Rotation about the centre ((W-1)/2, (H-1)/2). Values are degrees; positive is counter-clockwise
 * as seen.
 */
final class Rotate extends AffineTransform {
  @Override
  InverseMap inverse(Tensor degrees, int height, int width) {
    double centreX = (width - 1) / 2.0;
    double centreY = (height - 1) / 2.0;
    Tensor radians = degrees.mul(new Scalar(Math.PI / 180));
    Tensor cosine = radians.cos();
    Tensor sine = radians.sin();
    // The inverse of a rotation is its transpose: (x, y) - centre, turned back, + centre.
    Tensor shiftX = combine(cosine, -centreX, sine, centreY).add(new Scalar(centreX));
    Tensor shiftY = combine(sine, -centreX, cosine, -centreY).add(new Scalar(centreY));
    return new InverseMap(new Row(cosine, sine.neg(), shiftX), new Row(sine, cosine, shiftY));
  }

  private static Tensor combine(Tensor first, double factor, Tensor second, double otherFactor) {
    return first.mul(new Scalar(factor)).add(second, new Scalar(otherFactor));
  }
}
