package io.github.smartaug.batch;

import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Mean and standard deviation of a data set's pixels, one each per channel, for images in [0,1].
 *
 * @param mean per channel
 * @param standardDeviation per channel, positive
 */
public record Normalization(List<Double> mean, List<Double> standardDeviation) {
  /** Checks and copies the lists. */
  public Normalization {
    mean = List.copyOf(mean);
    standardDeviation = List.copyOf(standardDeviation);
    if (mean.isEmpty() || mean.size() != standardDeviation.size()) {
      throw new IllegalArgumentException(
          "normalization: "
              + mean.size()
              + " means and "
              + standardDeviation.size()
              + " standard deviations, allowed: one of each per channel");
    }
    if (standardDeviation.stream().anyMatch(value -> !(value > 0))) {
      throw new IllegalArgumentException(
          "normalization: standard deviations " + standardDeviation + ", allowed: above 0");
    }
  }

  /**
   * {@code (images - mean) / standardDeviation}, channel by channel.
   *
   * @param images float [B,C,H,W]
   */
  public Tensor normalize(Tensor images) {
    try (TensorScope scope = TensorScope.open()) {
      return scope.keep(
          images.sub(perChannel(mean, images)).div(perChannel(standardDeviation, images)));
    }
  }

  private static Tensor perChannel(List<Double> values, Tensor like) {
    double[] array = values.stream().mapToDouble(Double::doubleValue).toArray();
    ScalarType type = like.scalar_type();
    return Tensors.of(array, 1, array.length, 1, 1).to(like.device(), type);
  }
}
