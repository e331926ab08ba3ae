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
   * Rejects labels that no logit belongs to, on which libtorch fails: on a GPU for good.
   *
   * @param logits number of logits of an image
   */
  public static void requireWithin(long logits, Tensor labels) {
    for (long label : Tensors.toLongs(labels)) {
      if (label < 0 || label >= logits) {
        throw new IllegalArgumentException(
            "label: %d, allowed with %d logits: 0 to %d".formatted(label, logits, logits - 1));
      }
    }
  }

  /**
   * {@code -log p[label]} of every image.
   *
   * @param logProbabilities [B,classes]
   * @param labels int64 [B]
   * @return [B]
   * @throws IllegalArgumentException if a label, on the CPU, has no logit
   */
  public static Tensor ofLogProbabilities(Tensor logProbabilities, Tensor labels) {
    try (TensorScope scope = TensorScope.open()) {
      if (!labels.is_cuda()) {
        requireWithin(logProbabilities.size(1), labels);
      }
      return scope.keep(logProbabilities.gather(1, labels.unsqueeze(1)).squeeze(1).neg());
    }
  }
}
