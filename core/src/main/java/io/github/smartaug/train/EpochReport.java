package io.github.smartaug.train;

import java.util.List;

/**
 * One epoch of training.
 *
 * @param epoch from 1
 * @param epochs length of the run
 * @param trainLoss mean loss of the inner steps
 * @param validationLoss mean cross-entropy on the validation set
 * @param validationAccuracy share of right predictions on the validation set
 * @param testAccuracy share of right predictions on the test set
 * @param f1 F1 score of every class on the test set
 * @param phases what time was spent on, without what listeners do
 * @param peakMemoryBytes largest resident size of the process so far
 * @param learningRate of this epoch
 * @param policy after the epoch; empty without augmentation
 * @param temperature of the policy; NaN without one
 */
public record EpochReport(
    int epoch,
    int epochs,
    double trainLoss,
    double validationLoss,
    double validationAccuracy,
    double testAccuracy,
    List<Double> f1,
    PhaseSeconds phases,
    long peakMemoryBytes,
    double learningRate,
    List<TransformReport> policy,
    double temperature) {
  /** Copies the lists. */
  public EpochReport {
    f1 = List.copyOf(f1);
    policy = List.copyOf(policy);
  }

  /** Duration, evaluation included. */
  public double seconds() {
    return phases.total();
  }
}
