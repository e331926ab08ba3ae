package io.github.smartaug.augment;

import io.github.smartaug.tensor.Scope;
import io.github.smartaug.tensor.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Loss weights of augmented images as a function of the logits, through which these are learned.
 */
final class LossWeights {
  private LossWeights() {}

  /**
   * The weight of image i is the mean of the logits of its transforms, {@code r_i = (1/N) sum_n
   * p[s_ni]}, made non-negative by subtracting the smallest where that is negative, and divided by
   * the mean over the batch.
   *
   * @param logits [T]
   * @param transforms sampled index, [position][image]
   * @return [B], mean 1
   */
  static Tensor ofLogits(Tensor logits, int[][] transforms) {
    try (Scope scope = Scope.open()) {
      int length = transforms.length;
      int images = transforms[0].length;
      long[] flat = new long[length * images];
      for (int n = 0; n < length; n++) {
        for (int i = 0; i < images; i++) {
          flat[n * images + i] = transforms[n][i];
        }
      }
      Tensor index = Tensors.of(flat, flat.length).to(logits.device(), ScalarType.Long);
      Tensor scores = logits.index_select(0, index).view(length, images).mean(0);
      Tensor shifted = scores.sub(scores.min().clamp_max(new Scalar(0.0)));
      Tensor mean = shifted.mean();
      // All scores equal and negative: shifted to zero, every image counts alike.
      Tensor usable = mean.gt(new Scalar(0.0));
      Tensor one = torch.ones_like(mean);
      Tensor weights = shifted.div(torch.where(usable, mean, one));
      return scope.keep(torch.where(usable, weights, torch.ones_like(weights)));
    }
  }
}
