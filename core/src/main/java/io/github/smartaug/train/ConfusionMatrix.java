package io.github.smartaug.train;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Counts of (true class, predicted class), and the metrics that follow from them. */
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
          labels.length + " labels, " + predictions.length + " predictions");
    }
    for (int i = 0; i < labels.length; i++) {
      counts[(int) labels[i]][(int) predictions[i]]++;
    }
  }

  /** Share of right predictions; NaN when empty. */
  public double accuracy() {
    long right = IntStream.range(0, counts.length).mapToLong(c -> counts[c][c]).sum();
    long all = 0;
    for (long[] row : counts) {
      for (long count : row) {
        all += count;
      }
    }
    return (double) right / all;
  }

  /**
   * F1 score of every class, {@code 2 tp / (2 tp + fp + fn)}; 0 for a class that neither occurs nor
   * is predicted.
   */
  public List<Double> f1() {
    List<Double> scores = new ArrayList<>();
    for (int c = 0; c < counts.length; c++) {
      long occurs = 0;
      long predicted = 0;
      for (int other = 0; other < counts.length; other++) {
        occurs += counts[c][other];
        predicted += counts[other][c];
      }
      long denominator = occurs + predicted;
      scores.add(denominator == 0 ? 0.0 : 2.0 * counts[c][c] / denominator);
    }
    return scores;
  }
}
