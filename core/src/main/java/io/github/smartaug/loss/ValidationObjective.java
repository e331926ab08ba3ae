package io.github.smartaug.loss;

import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.batch.Batch;
import io.github.smartaug.batch.Normalization;
import io.github.smartaug.meta.OuterObjective;
import io.github.smartaug.nn.Mode;
import io.github.smartaug.nn.Model;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * The outer loss: that on one clean validation batch with the model in evaluation mode, and the
 * policy's penalty, such as that of weak magnitudes, times a factor.
 */
public record ValidationObjective(
    Model model,
    Normalization normalization,
    Batch batch,
    Augmenter augmenter,
    double magnitudeRegularizer,
    OuterLoss outerLoss)
    implements OuterObjective {
  /** With the cross-entropy. */
  public ValidationObjective(
      Model model,
      Normalization normalization,
      Batch batch,
      Augmenter augmenter,
      double magnitudeRegularizer) {
    this(model, normalization, batch, augmenter, magnitudeRegularizer, OuterLoss.CROSS_ENTROPY);
  }

  @Override
  public Tensor evaluate(
      NamedTensors parameters, NamedTensors buffers, NamedTensors metaParameters) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor images = normalization.normalize(batch.images());
      Tensor logits = model.forward(images, parameters, buffers, Mode.evaluation()).logits();
      Tensor loss = outerLoss.of(logits, batch.labels());
      Optional<Tensor> penalty = MetaParameterized.of(augmenter, metaParameters).penalty();
      return scope.keep(
          penalty.map(p -> loss.add(p, new Scalar(magnitudeRegularizer))).orElse(loss));
    }
  }
}
