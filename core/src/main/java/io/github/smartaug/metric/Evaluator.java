package io.github.smartaug.metric;

import io.github.smartaug.batch.Batch;
import io.github.smartaug.batch.BatchSource;
import io.github.smartaug.batch.Normalization;
import io.github.smartaug.nn.Mode;
import io.github.smartaug.nn.Model;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.SharedCasts;
import io.github.smartaug.tensor.TensorScope;
import java.util.function.BiFunction;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/** Measures a model in evaluation mode on all batches of a source. */
public final class Evaluator {
  private final Model model;
  private final Normalization normalization;

  /** An evaluator of that model. */
  public Evaluator(Model model, Normalization normalization) {
    this.model = model;
    this.normalization = normalization;
  }

  /** Predicts every image of the source once, without augmentation. */
  public Evaluation evaluate(NamedTensors parameters, NamedTensors buffers, BatchSource source) {
    return evaluate(
        source, parameters, (images, shared) -> logProbabilities(images, shared, buffers));
  }

  /**
   * Predicts every image of the source from augmented copies of it. The same seed gives the same
   * copies and the same result.
   */
  public Evaluation evaluate(
      NamedTensors parameters,
      NamedTensors buffers,
      BatchSource source,
      TestTimeAugmentation augmentation) {
    RandomStream random = augmentation.random();
    return evaluate(
        source,
        parameters,
        (images, shared) ->
            augmentation.average(images, random, copy -> logProbabilities(copy, shared, buffers)));
  }

  /**
   * Predicts images from augmented copies of each. What is predicted of an image follows from the
   * seed and from its pixels, and not from the images beside it.
   *
   * @param images float [B,C,H,W] in [0,1], B at least 1, not normalised
   * @return probabilities [B,classes] in the current scope, rows that add up to 1
   */
  public Tensor probabilities(
      NamedTensors parameters,
      NamedTensors buffers,
      Tensor images,
      TestTimeAugmentation augmentation) {
    try (TensorScope scope = TensorScope.open();
        NoGradGuard noGradient = new NoGradGuard()) {
      Tensor average =
          augmentation.averageEach(images, copies -> logProbabilities(copies, parameters, buffers));
      return scope.keep(average.exp());
    }
  }

  private Evaluation evaluate(
      BatchSource source,
      NamedTensors parameters,
      BiFunction<Tensor, NamedTensors, Tensor> logProbabilities) {
    Scores scores = new Scores(model.classes());
    try (TensorScope scope = TensorScope.open();
        NoGradGuard noGradient = new NoGradGuard();
        SharedCasts ofAllBatches = SharedCasts.open()) {
      // Leaves, because conversions of others are not shared.
      NamedTensors shared = parameters.asLeaves();
      for (int index = 0; index < source.batches(); index++) {
        try (TensorScope batchScope = TensorScope.open()) {
          Batch batch = source.batch(0, index);
          scores.add(logProbabilities.apply(batch.images(), shared), batch.labels());
        }
      }
    }
    return scores.evaluation();
  }

  private Tensor logProbabilities(Tensor images, NamedTensors parameters, NamedTensors buffers) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor normalized = normalization.normalize(images);
      Model.Output output = model.forward(normalized, parameters, buffers, Mode.evaluation());
      return scope.keep(output.logits().log_softmax(1));
    }
  }
}
