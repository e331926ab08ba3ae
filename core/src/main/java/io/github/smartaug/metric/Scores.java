package io.github.smartaug.metric;

import io.github.smartaug.loss.CrossEntropy;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;

/** Adds up predictions, batch by batch. */
final class Scores {
  private static final long TOP = 5;

  private static final Comparator<Mistake> SUREST_FIRST =
      Comparator.comparingDouble(Mistake::probability).reversed().thenComparingLong(Mistake::image);

  private final ConfusionMatrix confusion;
  private final CalibrationError calibration = new CalibrationError();

  /** The surest, the least sure of them at its head; of two as sure, the earlier image stays. */
  private final PriorityQueue<Mistake> mistakes = new PriorityQueue<>(SUREST_FIRST.reversed());

  private long images;
  private long inTop;
  private double loss;

  Scores(int classes) {
    this.confusion = new ConfusionMatrix(classes);
  }

  /**
   * Adds a batch.
   *
   * @param logProbabilities [B,classes]
   * @param labels int64 [B]
   */
  void add(Tensor logProbabilities, Tensor labels) {
    try (TensorScope scope = TensorScope.open()) {
      T_TensorTensor_T likeliest =
          logProbabilities.topk(Math.min(TOP, logProbabilities.size(1)), 1, true, true);
      Tensor classes = likeliest.get1();
      loss += Tensors.item(CrossEntropy.ofLogProbabilities(logProbabilities, labels).sum());
      inTop += classes.eq(labels.unsqueeze(1)).sum().item_long();
      add(
          Tensors.toLongs(labels),
          Tensors.toLongs(classes.select(1, 0)),
          Tensors.toDoubles(likeliest.get0().select(1, 0).exp()));
      images += labels.size(0);
    }
  }

  private void add(long[] labels, long[] predictions, double[] probabilities) {
    confusion.add(labels, predictions);
    for (int i = 0; i < labels.length; i++) {
      calibration.add(probabilities[i], labels[i] == predictions[i]);
      if (labels[i] != predictions[i]) {
        mistakes.add(
            new Mistake(images + i, (int) labels[i], (int) predictions[i], probabilities[i]));
      }
      if (mistakes.size() > Evaluation.MOST_MISTAKES) {
        mistakes.remove();
      }
    }
  }

  Evaluation evaluation() {
    List<Mistake> surestFirst = mistakes.stream().sorted(SUREST_FIRST).toList();
    return new Evaluation(
        loss / images, confusion, (double) inTop / images, calibration.value(), surestFirst);
  }
}
