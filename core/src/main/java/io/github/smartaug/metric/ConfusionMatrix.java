package io.github.smartaug.metric;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Counts of (true class, predicted class), and the metrics that follow from them, as scikit-learn
 * defines them with {@code zero_division=0}: a share of nothing is 0.
 */
public final class ConfusionMatrix {
  private final long[][] counts;

  /** An empty table for that many classes. */
  public ConfusionMatrix(int classes) {
    this.counts = new long[classes][classes];
  }

  /** Adds predictions. */
  public void add(long[] labels, long[] predictions) {
    if (labels.length != predictions.length) {
      throw new IllegalArgumentException(
          "predictions: "
              + predictions.length
              + " of them, allowed: "
              + labels.length
              + ", one per label");
    }
    for (int i = 0; i < labels.length; i++) {
      counts[(int) labels[i]][(int) predictions[i]]++;
    }
  }

  /** Number of predictions by true class, then predicted class: a copy. */
  public long[][] counts() {
    return Arrays.stream(counts).map(long[]::clone).toArray(long[][]::new);
  }

  /** Share of right predictions; NaN when empty. */
  public double accuracy() {
    long right = IntStream.range(0, counts.length).mapToLong(c -> counts[c][c]).sum();
    long all = Arrays.stream(counts).flatMapToLong(Arrays::stream).sum();
    return (double) right / all;
  }

  /** F1 score of every class. */
  public List<Double> f1() {
    return perClass().stream().map(ClassScores::f1).toList();
  }

  /** Scores of every class, in order. */
  public List<ClassScores> perClass() {
    return IntStream.range(0, counts.length).mapToObj(this::scores).toList();
  }

  private ClassScores scores(int label) {
    long occurs = Arrays.stream(counts[label]).sum();
    long predicted = Arrays.stream(counts).mapToLong(row -> row[label]).sum();
    return ClassScores.of(occurs, predicted, counts[label][label]);
  }

  /**
   * Means over all classes that occur or are predicted, each with the same weight: scikit-learn's
   * {@code average="macro"}. A class that neither occurs nor is predicted does not lower the mean.
   */
  public AverageScores macro() {
    List<ClassScores> seen =
        perClass().stream().filter(c -> c.support() > 0 || c.predicted() > 0).toList();
    return new AverageScores(
        mean(seen, ClassScores::precision),
        mean(seen, ClassScores::recall),
        mean(seen, ClassScores::f1));
  }

  private static double mean(List<ClassScores> scores, ToDoubleFunction<ClassScores> score) {
    return scores.stream().mapToDouble(score).average().orElse(Double.NaN);
  }

  /**
   * Scores of all predictions together: scikit-learn's {@code average="micro"}. Each image has one
   * label, so a wrong prediction is a false positive of one class and a false negative of another.
   * All three scores then equal the accuracy.
   */
  public AverageScores micro() {
    double accuracy = accuracy();
    return new AverageScores(accuracy, accuracy, accuracy);
  }
}
