package io.github.smartaug.loss;

import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;

/** Cross-entropy between predicted class distributions and labels. */
public final class CrossEntropy {
  private CrossEntropy() {}

  /**
   * {@code -log softmax(logits)[label]} of every image.
   *
   * @param logits [B,classes]
   * @param labels int64 [B]
   * @return [B]
   */
  public static Tensor perImage(Tensor logits, Tensor labels) {
    try (TensorScope scope = TensorScope.open()) {
      return scope.keep(ofLogProbabilities(Tensors.logSoftmax(logits, 1), labels));
    }
  }

  /** The mean of {@link #perImage} over the batch, without dimensions. */
  public static Tensor mean(Tensor logits, Tensor labels) {
    try (TensorScope scope = TensorScope.open()) {
      return scope.keep(perImage(logits, labels).mean());
    }
  }

  /**
   * {@code -log p[label]} of every image.
   *
   * @param logProbabilities [B,classes]
   * @param labels int64 [B]
   * @return [B]
   */
  public static Tensor ofLogProbabilities(Tensor logProbabilities, Tensor labels) {
    try (TensorScope scope = TensorScope.open()) {
      return scope.keep(logProbabilities.gather(1, labels.unsqueeze(1)).squeeze(1).neg());
    }
  }
}
