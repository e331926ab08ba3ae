package io.github.smartaug.metric;

/**
 * How well a model does on a set of images.
 *
 * @param loss mean cross-entropy
 * @param confusion predictions by true class
 * @param topFiveAccuracy share of images whose class is among the five likeliest; 1 where there are
 *     no more than five classes
 * @param calibrationError expected calibration error, 15 bins
 */
public record Evaluation(
    double loss, ConfusionMatrix confusion, double topFiveAccuracy, double calibrationError) {
  /** Share of images whose class is the likeliest. */
  public double accuracy() {
    return confusion.accuracy();
  }
}
