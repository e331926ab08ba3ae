package io.github.smartaug.train;

import io.github.smartaug.augment.LossWeights;
import io.github.smartaug.tensor.Scope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Loss on a clean and an augmented copy of a batch: {@code CE(clean) + lambda * (mean(w * CE(aug))
 * + mean(w * KL(clean || aug)))}, where w are the loss weights of the policy and KL compares the
 * predicted class distributions; lambda = 0 gives {@code mean(w * CE(aug))}.
 *
 * <p>The consistency term is that of Xie et al., "Unsupervised data augmentation for consistency
 * training", NeurIPS 2020, without a stopped gradient on either side.
 *
 * @param unsupervisedWeight lambda, at least 0
 */
public record MixedLoss(double unsupervisedWeight) {
  /** Checks the weight. */
  public MixedLoss {
    if (!(unsupervisedWeight >= 0 && unsupervisedWeight < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "unsupervised weight is " + unsupervisedWeight + ", allowed: at least 0, finite");
    }
  }

  /** Whether the loss looks at the clean images at all. */
  public boolean usesClean() {
    return unsupervisedWeight > 0;
  }

  /**
   * The loss on both copies.
   *
   * @param clean logits [B,classes] of the clean images
   * @param augmented logits [B,classes] of the augmented images
   * @param labels int64 [B]
   * @param weights loss weights [B]
   * @return without dimensions
   */
  public Tensor evaluate(Tensor clean, Tensor augmented, Tensor labels, LossWeights weights) {
    try (Scope scope = Scope.open()) {
      Tensor cleanLog = clean.log_softmax(1);
      Tensor augmentedLog = augmented.log_softmax(1);
      Tensor divergence = cleanLog.exp().mul(cleanLog.sub(augmentedLog)).sum(1);
      Tensor perImage = CrossEntropy.ofLogProbabilities(augmentedLog, labels).add(divergence);
      Tensor supervised = CrossEntropy.ofLogProbabilities(cleanLog, labels).mean();
      return scope.keep(
          supervised.add(weights.meanOf(perImage), new Scalar(unsupervisedWeight)));
    }
  }

  /** The loss on augmented images alone: {@code mean(w * CE(aug))}. */
  public static Tensor augmentedOnly(Tensor augmented, Tensor labels, LossWeights weights) {
    try (Scope scope = Scope.open()) {
      return scope.keep(weights.meanOf(CrossEntropy.perImage(augmented, labels)));
    }
  }
}
