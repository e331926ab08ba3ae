package io.github.smartaug.augment;

import io.github.smartaug.tensor.TensorScope;
import org.bytedeco.pytorch.Tensor;

/**
 * An augmented batch.
 *
 * @param images float [B,C,H,W] in [0,1]
 * @param weights how much the loss of each image counts
 */
public record Augmented(Tensor images, LossWeights weights) {
  /** An augmented batch whose images count alike. */
  public static Augmented unweighted(Tensor images) {
    return new Augmented(images, LossWeights.uniform(images));
  }

  /** Moves the tensors to the scope that encloses the given one. */
  public Augmented keptBy(TensorScope scope) {
    scope.keep(images);
    scope.keep(weights.values());
    return this;
  }

  /** [B], mean 1: how much the loss of each image counts. */
  public Tensor lossWeights() {
    return weights.values();
  }
}
