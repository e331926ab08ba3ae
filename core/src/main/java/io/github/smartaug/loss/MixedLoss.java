package io.github.smartaug.loss;

import io.github.smartaug.augment.LossWeights;
import io.github.smartaug.input.InputRange;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Loss on one clean and A augmented copies of a batch: {@code CE(clean) + lambda * (mean(w *
 * CE(aug)) + mean(w * KL(clean || aug)))}, where w are the loss weights of the policy, KL compares
 * the predicted class distributions, and means are over images and copies; lambda = 0 gives {@code
 * mean(w * CE(aug))}.
 *
 * <p>The consistency term is that of Xie et al., "Unsupervised data augmentation for consistency
 * training", NeurIPS 2020, there with a stopped gradient on the clean side.
 *
 * @param augmentedWeight lambda, the weight of the augmented images, at least 0
 * @param copies augmented copies of each image, A, from 1 to {@value #MOST_COPIES}
 * @param cleanBranch whether the consistency term moves the predictions for clean images
 * @param labelLoss the cross-entropy
 * @param runningStatistics which images move running statistics, such as those of batch
 *     normalisation, where the loss looks at clean and at augmented images
 */
public record MixedLoss(
    double augmentedWeight,
    int copies,
    CleanBranch cleanBranch,
    LabelLoss labelLoss,
    RunningStatistics runningStatistics) {
  /** The most augmented copies of an image: more bring nothing but a use of memory. */
  public static final int MOST_COPIES = 1000;

  /** What the consistency term does to the predictions for clean images. */
  public enum CleanBranch {
    /** They move towards those for augmented images, as these move towards them. */
    LEARNS,
    /**
     * They are a target: no gradient. Second derivatives take them as constants too, so that
     * hypergradients over several inner steps leave out how the target moves.
     */
    STOPPED
  }

  /** Which images move running statistics. Each batch is normalised by its own in any case. */
  public enum RunningStatistics {
    /** The clean ones: what validation looks at. They depend on no policy within a step. */
    CLEAN,
    /** The clean ones, then the augmented ones. */
    ALL
  }

  /** Checks the numbers. */
  public MixedLoss {
    InputRange.atLeast(0, "augmented weight", augmentedWeight);
    InputRange.within(1, MOST_COPIES, "copies", copies);
  }

  /** With one copy, a gradient on both sides and plain cross-entropy. */
  public MixedLoss(double augmentedWeight) {
    this(augmentedWeight, 1, CleanBranch.LEARNS, LabelLoss.PLAIN);
  }

  /** With running statistics of the clean images. */
  public MixedLoss(
      double augmentedWeight, int copies, CleanBranch cleanBranch, LabelLoss labelLoss) {
    this(augmentedWeight, copies, cleanBranch, labelLoss, RunningStatistics.CLEAN);
  }

  /** Whether the loss looks at the clean images at all. */
  public boolean usesClean() {
    return augmentedWeight > 0;
  }

  /** So many times the loss on an image, were all images alike: one, and lambda with clean ones. */
  public double terms() {
    return usesClean() ? 1 + augmentedWeight : 1;
  }

  /**
   * The loss on clean and augmented images.
   *
   * @param clean logits [B,classes] of the clean images
   * @param augmented logits [A*B,classes] of the augmented images, copy by copy
   * @param labels int64 [B]
   * @param weights loss weights [A*B]
   * @return without dimensions
   */
  public Tensor evaluate(Tensor clean, Tensor augmented, Tensor labels, LossWeights weights) {
    return evaluate(clean, Optional.empty(), augmented, labels, weights);
  }

  /**
   * The same, where the predictions for clean images that the others are compared with may be those
   * of other parameters.
   *
   * @param target their logits [B,classes], constant; empty: those of the clean images
   */
  Tensor evaluate(
      Tensor clean, Optional<Tensor> target, Tensor augmented, Tensor labels, LossWeights weights) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor cleanLog = Tensors.logSoftmax(clean, 1);
      Tensor targetLog = target.map(logits -> Tensors.logSoftmax(logits, 1)).orElse(cleanLog);
      Tensor augmentedLog = Tensors.logSoftmax(augmented, 1);
      Tensor ofCopies = Copies.repeat(labels, copies);
      Tensor divergence = divergence(Copies.repeat(target(targetLog), copies), augmentedLog);
      Tensor perImage =
          labelLoss.perImage(augmentedLog, ofCopies).add(labelLoss.weigh(divergence, ofCopies));
      Tensor ofClean = labelLoss.perImage(cleanLog, labels);
      Tensor ofAugmented = weights.meanOf(perImage, Copies.repeat(ofClean, copies));
      return scope.keep(ofClean.mean().add(ofAugmented, new Scalar(augmentedWeight)));
    }
  }

  private Tensor target(Tensor cleanLog) {
    return switch (cleanBranch) {
      case LEARNS -> cleanLog;
      case STOPPED -> cleanLog.detach();
    };
  }

  private static Tensor divergence(Tensor cleanLog, Tensor augmentedLog) {
    try (TensorScope scope = TensorScope.open()) {
      return scope.keep(cleanLog.exp().mul(cleanLog.sub(augmentedLog)).sum(1));
    }
  }

  /** The loss on augmented images alone: {@code mean(w * CE(aug))}. */
  public Tensor augmentedOnly(Tensor augmented, Tensor labels, LossWeights weights) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor ofCopies = Copies.repeat(labels, copies);
      return scope.keep(
          weights.meanOf(labelLoss.perImage(Tensors.logSoftmax(augmented, 1), ofCopies)));
    }
  }

  /**
   * What augmented images, one copy of each, add to the loss on clean ones: {@code lambda *
   * (mean(CE(aug)) + mean(KL(clean || aug)))}; with lambda = 0 the loss on augmented images alone.
   *
   * @param target logits [B,classes] of the clean images, constant; not used with lambda = 0
   * @param augmented logits [B,classes]
   * @param labels int64 [B]
   * @return without dimensions
   */
  Tensor augmentedPart(Tensor target, Tensor augmented, Tensor labels) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor augmentedLog = Tensors.logSoftmax(augmented, 1);
      Tensor perImage = labelLoss.perImage(augmentedLog, labels);
      if (!usesClean()) {
        return scope.keep(perImage.mean());
      }
      Tensor divergence = divergence(Tensors.logSoftmax(target.detach(), 1), augmentedLog);
      return scope.keep(
          perImage
              .add(labelLoss.weigh(divergence, labels))
              .mean()
              .mul(new Scalar(augmentedWeight)));
    }
  }

  /** The loss on clean images alone. */
  public Tensor cleanOnly(Tensor clean, Tensor labels) {
    try (TensorScope scope = TensorScope.open()) {
      return scope.keep(labelLoss.perImage(Tensors.logSoftmax(clean, 1), labels).mean());
    }
  }

  /** Begins with weight 1, one copy, a gradient on both sides and plain cross-entropy. */
  public static Builder builder() {
    return new MixedLoss(1).toBuilder();
  }

  /** Begins with these. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Makes {@link MixedLoss}: what is not given is as it was at the beginning. */
  public static final class Builder {
    private double augmentedWeight;
    private int copies;
    private CleanBranch cleanBranch;
    private LabelLoss labelLoss;
    private RunningStatistics runningStatistics;

    private Builder(MixedLoss values) {
      augmentedWeight = values.augmentedWeight;
      copies = values.copies;
      cleanBranch = values.cleanBranch;
      labelLoss = values.labelLoss;
      runningStatistics = values.runningStatistics;
    }

    /** Weight of augmented images, lambda, at least 0; at 0 they are alone. Default: 1. */
    public Builder augmentedWeight(double value) {
      augmentedWeight = value;
      return this;
    }

    /** Augmented copies of each image, A, at least 1. Default: 1. */
    public Builder copies(int value) {
      copies = value;
      return this;
    }

    /** Whether the consistency term moves the predictions for clean images. Default: it does. */
    public Builder cleanBranch(CleanBranch value) {
      cleanBranch = value;
      return this;
    }

    /** The cross-entropy. Default: {@link LabelLoss#PLAIN}. */
    public Builder labelLoss(LabelLoss value) {
      labelLoss = value;
      return this;
    }

    /** Which images move running statistics. Default: the clean ones. */
    public Builder runningStatistics(RunningStatistics value) {
      runningStatistics = value;
      return this;
    }

    /**
     * The result.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public MixedLoss build() {
      return new MixedLoss(augmentedWeight, copies, cleanBranch, labelLoss, runningStatistics);
    }
  }
}
