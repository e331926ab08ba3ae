package io.github.smartaug.metric;

import io.github.smartaug.loss.CrossEntropy;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;

/** Adds up predictions, batch by batch. */
final class Scores {
  private static final long TOP = 5;

  private final ConfusionMatrix confusion;
  private final CalibrationError calibration = new CalibrationError();
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
      images += labels.size(0);
      add(
          Tensors.toLongs(labels),
          Tensors.toLongs(classes.select(1, 0)),
          Tensors.toDoubles(likeliest.get0().select(1, 0).exp()));
    }
  }

  private void add(long[] labels, long[] predictions, double[] probabilities) {
    confusion.add(labels, predictions);
    for (int i = 0; i < labels.length; i++) {
      calibration.add(probabilities[i], labels[i] == predictions[i]);
    }
  }

  Evaluation evaluation() {
    return new Evaluation(loss / images, confusion, (double) inTop / images, calibration.value());
  }
}
