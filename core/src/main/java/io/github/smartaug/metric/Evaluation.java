package io.github.smartaug.metric;

/**
 * How good the predictions of a model are on a set of images.
 *
 * @param loss mean cross-entropy
 * @param confusion predictions by true class
 * @param topFiveAccuracy share of images whose class is among the five most probable; 1 if there
 *     are five classes or fewer
 * @param calibrationError expected calibration error, 15 bins
 */
public record Evaluation(
    double loss, ConfusionMatrix confusion, double topFiveAccuracy, double calibrationError) {
  /** Share of images whose class is the most probable one. */
  public double accuracy() {
    return confusion.accuracy();
  }
}
