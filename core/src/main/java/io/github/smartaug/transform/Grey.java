package io.github.smartaug.transform;

import io.github.smartaug.tensor.Scope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** The grey image, with the luma weights of ITU-R BT.601 that PIL uses. */
final class Grey {
  private Grey() {}

  /**
   * {@code 0.299 R + 0.587 G + 0.114 B}; an image of one channel is grey already.
   *
   * @param images [B,C,H,W], C is 1 or 3
   * @return [B,1,H,W]
   * @throws IllegalArgumentException if there is another number of channels
   */
  static Tensor of(Tensor images) {
    PerImage.requireGreyOrColor(images);
    if (images.size(1) == 1) {
      return images;
    }
    try (Scope scope = Scope.open()) {
      Tensor red = images.narrow(1, 0, 1);
      Tensor green = images.narrow(1, 1, 1);
      Tensor blue = images.narrow(1, 2, 1);
      return scope.keep(
          red.mul(new Scalar(0.299)).add(green, new Scalar(0.587)).add(blue, new Scalar(0.114)));
    }
  }
}
