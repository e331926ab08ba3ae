package io.github.smartaug.metric;

import java.util.List;

/**
 * How good the predictions of a model are on a set of images.
 *
 * @param loss mean cross-entropy
 * @param confusion predictions by true class
 * @param topFiveAccuracy share of images whose class is among the five most probable; 1 if there
 *     are five classes or fewer
 * @param calibrationError expected calibration error, 15 bins
 * @param mistakes the wrong predictions that the model was surest of, the surest first, at most
 *     {@value #MOST_MISTAKES}
 */
public record Evaluation(
    double loss,
    ConfusionMatrix confusion,
    double topFiveAccuracy,
    double calibrationError,
    List<Mistake> mistakes) {
  /** More than these are not looked at one by one. */
  public static final int MOST_MISTAKES = 24;

  /** Copies the list. */
  public Evaluation {
    mistakes = List.copyOf(mistakes);
  }

  /** Share of images whose class is the most probable one. */
  public double accuracy() {
    return confusion.accuracy();
  }
}
