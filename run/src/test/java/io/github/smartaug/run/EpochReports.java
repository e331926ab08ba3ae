package io.github.smartaug.run;

import io.github.smartaug.augment.PolicySnapshot;
import io.github.smartaug.train.EpochDiagnostics;
import io.github.smartaug.train.EpochReport;
import io.github.smartaug.train.GradientReport;
import io.github.smartaug.train.PhaseSeconds;
import io.github.smartaug.train.TransformReport;
import java.util.List;
import java.util.Map;

/** Made-up reports of epochs; for tests of the command line, too. */
public final class EpochReports {
  private EpochReports() {}

  /** An epoch of a run with a policy of two transforms. */
  public static EpochReport learned(int epoch, int epochs) {
    return epoch(
        epoch,
        epochs,
        List.of(new TransformReport("Rotate", 0.25, 0.5), new TransformReport("FlipLR", 0.75, 1)),
        0.8);
  }

  /** An epoch whose meta steps tell something of a logit, and one of a shared magnitude. */
  public static EpochReport withGradients(int epoch, int epochs) {
    return epoch(
        epoch,
        epochs,
        List.of(),
        1,
        Map.of(),
        List.of(
            new GradientReport("logits", "Rotate", 4, -0.5, 0.25, -2),
            new GradientReport("magnitudes", "", 1, 0.5, Double.NaN, Double.NaN)));
  }

  /** An epoch of a run without augmentation. */
  public static EpochReport withoutPolicy(int epoch, int epochs) {
    return epoch(epoch, epochs, List.of(), Double.NaN);
  }

  /** An epoch of a run that learns two hyperparameters and no policy. */
  public static EpochReport learnedHyperparameters(int epoch, int epochs) {
    return epoch(
        epoch,
        epochs,
        List.of(),
        Double.NaN,
        Map.of("learning_rate", 0.1, "weight_decay", 1e-4),
        List.of());
  }

  private static EpochReport epoch(
      int epoch, int epochs, List<TransformReport> policy, double temperature) {
    return epoch(epoch, epochs, policy, temperature, Map.of(), List.of());
  }

  private static EpochReport epoch(
      int epoch,
      int epochs,
      List<TransformReport> policy,
      double temperature,
      Map<String, Double> learnedHyperparameters,
      List<GradientReport> gradients) {
    return new EpochReport(
        epoch,
        epochs,
        1.23456,
        0.5 / epoch,
        0.75,
        0.7 + 0.01 * epoch,
        List.of(0.5, 1.0),
        new PhaseSeconds(0, 0.5, 2.0 * epoch - 1.5, 1, 0),
        123_456_789L,
        0.05,
        policy,
        temperature,
        new EpochDiagnostics(0.95, 0.65, 0.1, 0.01, 0.25, 2),
        PolicySnapshot.NONE,
        learnedHyperparameters,
        gradients);
  }
}
