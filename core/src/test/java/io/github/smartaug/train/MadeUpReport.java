package io.github.smartaug.train;

import io.github.smartaug.augment.PolicySnapshot;
import java.util.List;
import java.util.Map;

/** The report of an epoch of which only a few numbers matter; all others are zero or absent. */
final class MadeUpReport {
  private MadeUpReport() {}

  static EpochReport of(
      int epoch, double trainLoss, double validationLoss, double validationAccuracy) {
    return new EpochReport(
        epoch,
        10,
        trainLoss,
        validationLoss,
        validationAccuracy,
        0,
        List.of(),
        PhaseSeconds.NONE,
        0,
        0.1,
        List.of(),
        Double.NaN,
        new EpochDiagnostics(0, 0, 0, 0, 0, 0),
        PolicySnapshot.NONE,
        Map.of(),
        List.of());
  }
}
