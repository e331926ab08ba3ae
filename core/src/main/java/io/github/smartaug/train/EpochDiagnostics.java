package io.github.smartaug.train;

import io.github.smartaug.metric.Evaluation;

/**
 * More figures of an epoch.
 *
 * @param testTopFiveAccuracy share of test images whose class is among the five likeliest
 * @param testMacroF1 mean F1 score over the classes of the test set
 * @param testCalibrationError expected calibration error on the test set, 15 bins
 * @param metaLearningRate of this epoch
 * @param policyShrinkage share of the way back to its start that the policy went in this epoch,
 *     because the model overfitted; 0 if it did not
 * @param skippedMetaSteps meta steps left out in this epoch because they were not finite
 */
public record EpochDiagnostics(
    double testTopFiveAccuracy,
    double testMacroF1,
    double testCalibrationError,
    double metaLearningRate,
    double policyShrinkage,
    long skippedMetaSteps) {
  static EpochDiagnostics of(
      Evaluation test, double metaLearningRate, double policyShrinkage, long skippedMetaSteps) {
    return new EpochDiagnostics(
        test.topFiveAccuracy(),
        test.confusion().macro().f1(),
        test.calibrationError(),
        metaLearningRate,
        policyShrinkage,
        skippedMetaSteps);
  }
}
