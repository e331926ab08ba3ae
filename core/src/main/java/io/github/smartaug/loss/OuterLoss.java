package io.github.smartaug.loss;

import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** What a policy is to make small on validation images. */
public enum OuterLoss {
  /**
   * The cross-entropy. A model that is too sure of itself gets a smaller one by whatever makes it
   * less sure: training on images that it cannot recognise, for instance. Such transforms look
   * useful to a gradient that sees a few steps ahead, and are not.
   */
  CROSS_ENTROPY("cross-entropy") {
    @Override
    public Tensor of(Tensor logits, Tensor labels) {
      return CrossEntropy.mean(logits, labels);
    }
  },

  /**
   * The cross-entropy that remains when predictions are as sure as they are right: of the logits
   * times the one factor that makes it smallest (Guo et al., "On calibration of modern neural
   * networks", ICML 2017, whose temperature is the inverse). The factor is a minimiser, so the
   * loss's derivative takes it as a constant.
   */
  CALIBRATED("calibrated") {
    @Override
    public Tensor of(Tensor logits, Tensor labels) {
      try (TensorScope scope = TensorScope.open()) {
        double factor = calibration(logits.detach(), labels);
        return scope.keep(CrossEntropy.mean(logits.mul(new Scalar(factor)), labels));
      }
    }
  };

  /** Bounds of the factor: a batch without a mistake would make it infinite. */
  private static final double SMALLEST_FACTOR = 0.05;

  private static final double LARGEST_FACTOR = 20;
  private static final int MOST_NEWTON_STEPS = 50;

  private final String word;

  OuterLoss(String word) {
    this.word = word;
  }

  /**
   * The loss of a batch.
   *
   * @param logits [B,classes]
   * @param labels int64 [B]
   * @return without dimensions, differentiable with respect to the logits
   */
  public abstract Tensor of(Tensor logits, Tensor labels);

  /** The name in files and on the command line. */
  @Override
  public String toString() {
    return word;
  }

  /** The factor of the logits at which the cross-entropy, which is convex in it, is smallest. */
  static double calibration(Tensor logits, Tensor labels) {
    try (TensorScope scope = TensorScope.open();
        NoGradGuard constants = new NoGradGuard()) {
      Tensor ofLabels = logits.gather(1, labels.unsqueeze(1)).squeeze(1);
      double low = SMALLEST_FACTOR;
      double high = LARGEST_FACTOR;
      double factor = 1;
      for (int step = 0; step < MOST_NEWTON_STEPS && high - low > 1e-6 * low; step++) {
        try (TensorScope stepScope = TensorScope.open()) {
          Tensor probabilities = logits.mul(new Scalar(factor)).softmax(1);
          Tensor means = probabilities.mul(logits).sum(1);
          double slope = Tensors.item(means.sub(ofLabels).mean());
          double curvature =
              Tensors.item(probabilities.mul(logits.square()).sum(1).sub(means.square()).mean());
          if (slope > 0) {
            high = factor;
          } else {
            low = factor;
          }
          double newton = factor - slope / Math.max(curvature, 1e-12);
          if (Math.abs(newton - factor) < 1e-6 * factor) {
            return factor;
          }
          // Where Newton's step leaves what is known to hold the minimum, halve that.
          factor = newton > low && newton < high ? newton : Math.sqrt(low * high);
        }
      }
      return factor;
    }
  }
}
