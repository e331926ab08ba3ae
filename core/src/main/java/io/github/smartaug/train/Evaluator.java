package io.github.smartaug.train;

import io.github.smartaug.nn.Mode;
import io.github.smartaug.nn.Model;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.Scope;
import io.github.smartaug.tensor.Tensors;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** Measures a model on all batches of a source, clean and in evaluation mode. */
public final class Evaluator {
  private final Model model;
  private final Normalization normalization;

  /** An evaluator of that model. */
  public Evaluator(Model model, Normalization normalization) {
    this.model = model;
    this.normalization = normalization;
  }

  /** Goes once through the source. */
  public Evaluation evaluate(NamedTensors parameters, NamedTensors buffers, BatchSource source) {
    ConfusionMatrix confusion = new ConfusionMatrix(model.classes());
    double loss = 0;
    for (int index = 0; index < source.batches(); index++) {
      try (Scope scope = Scope.open();
          NoGradGuard noGradient = new NoGradGuard()) {
        Batch batch = source.batch(0, index);
        Tensor images = normalization.normalize(batch.images());
        Tensor logits = model.forward(images, parameters, buffers, Mode.evaluation()).logits();
        loss += Tensors.item(CrossEntropy.perImage(logits, batch.labels()).sum());
        confusion.add(
            Tensors.toLongs(batch.labels()),
            Tensors.toLongs(logits.argmax(new LongOptional(1), false)));
      }
    }
    return new Evaluation(loss / source.size(), confusion);
  }

  /**
   * Result of an evaluation.
   *
   * @param loss mean cross-entropy
   * @param confusion predictions by true class
   */
  public record Evaluation(double loss, ConfusionMatrix confusion) {}
}
