package io.github.smartaug.transform;

import io.github.smartaug.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Blends with a smoothed image: PIL's filter 1 1 1 / 1 5 1 / 1 1 1 over 13, the border mirrored
 * without repeating its outermost pixels.
 */
final class Sharpness extends BlendTransform {
  private static final double[] SMOOTH = {1, 1, 1, 1, 5, 1, 1, 1, 1};

  @Override
  Tensor base(Tensor images) {
    long height = images.size(2);
    long width = images.size(3);
    if (height < 2 || width < 2) {
      throw new IllegalArgumentException(
          "sharpness of images of " + height + "x" + width + " pixels, allowed: at least 2x2");
    }
    // Every channel is smoothed alike, so channels are images of their own here.
    Tensor planes = images.reshape(-1, 1, height, width);
    Tensor mirrored = torch.reflection_pad2d(planes, 1, 1, 1, 1);
    Tensor kernel = Tensors.of(normalized(), 1, 1, 3, 3).to(images.device(), images.scalar_type());
    return torch.conv2d(mirrored, kernel).view_as(images);
  }

  private static double[] normalized() {
    return java.util.Arrays.stream(SMOOTH).map(weight -> weight / 13).toArray();
  }
}
