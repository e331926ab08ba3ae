package io.github.smartaug.transform;

import io.github.smartaug.tensor.TensorScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/** The grey image, with the luma weights of ITU-R BT.601 that PIL uses. */
final class Grey {
  private static final long[] ONE_EACH = {1, 1, 1};
  private static final long[] PIXELS = {2, 3};

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
    try (TensorScope scope = TensorScope.open()) {
      TensorVector channels = images.split_with_sizes(ONE_EACH, 1);
      return scope.keep(
          channels
              .get(0)
              .mul(new Scalar(0.299))
              .add_(channels.get(1), new Scalar(0.587))
              .add_(channels.get(2), new Scalar(0.114)));
    }
  }

  /**
   * The mean of the {@linkplain #of grey image}.
   *
   * @param images [B,C,H,W], C is 1 or 3
   * @return [B,1,1,1]
   * @throws IllegalArgumentException if there is another number of channels
   */
  static Tensor mean(Tensor images) {
    PerImage.requireGreyOrColor(images);
    try (TensorScope scope = TensorScope.open()) {
      return scope.keep(of(images.mean(PIXELS, true, new ScalarTypeOptional())));
    }
  }
}
