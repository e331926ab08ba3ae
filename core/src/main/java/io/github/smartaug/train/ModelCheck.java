package io.github.smartaug.train;

import io.github.smartaug.batch.Batch;
import io.github.smartaug.batch.TrainingData;
import io.github.smartaug.loss.CrossEntropy;
import io.github.smartaug.nn.Mode;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.ScriptFailedException;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.Arrays;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tries a model on a few images before a training: whether its outputs are what a loss needs. */
final class ModelCheck {
  private static final Logger LOG = LoggerFactory.getLogger(ModelCheck.class);
  private static final int TRIED_IMAGES = 8;
  private static final double ROUNDING = 1e-4;

  private final Model model;
  private final TrainingData data;

  ModelCheck(Model model, TrainingData data) {
    this.model = model;
    this.data = data;
  }

  /**
   * Tries it.
   *
   * @return whether the model seems to end in a softmax
   * @throws IllegalArgumentException if the model has another number of logits than there are
   *     classes
   */
  boolean endsInSoftmax(NamedTensors parameters, NamedTensors buffers) {
    requireClassesOfTheData();
    try (TensorScope scope = TensorScope.open();
        NoGradGuard noGradient = new NoGradGuard()) {
      Batch batch = data.training().batch(0, 0);
      CrossEntropy.requireWithin(model.classes(), batch.labels());
      Tensor images = batch.images().narrow(0, 0, Math.min(TRIED_IMAGES, batch.size()));
      Tensor normalized = data.normalization().normalize(images);
      Tensor logits = model.forward(normalized, parameters, buffers, Mode.evaluation()).logits();
      requireLogits(logits, batch.size());
      return areProbabilities(Tensors.toDoubles(logits));
    } catch (ScriptFailedException e) {
      LOG.debug("the model cannot be tried: {}", e.getMessage());
      return false;
    }
  }

  private void requireClassesOfTheData() {
    data.training()
        .classCount()
        .ifPresent(
            classes -> {
              if (classes != model.classes()) {
                throw new IllegalArgumentException(
                    "model: %d classes, allowed: %d, as many as the images have"
                        .formatted(model.classes(), classes));
              }
            });
  }

  private void requireLogits(Tensor logits, int images) {
    long[] allowed = {Math.min(TRIED_IMAGES, images), model.classes()};
    if (!Arrays.equals(logits.shape(), allowed)) {
      throw new IllegalArgumentException(
          "model: makes %s of %d images, allowed: %s, a logit for each class"
              .formatted(Tensors.shapeText(logits), allowed[0], Arrays.toString(allowed)));
    }
  }

  private boolean areProbabilities(double[] values) {
    int classes = model.classes();
    for (int start = 0; start < values.length; start += classes) {
      double[] ofImage = Arrays.copyOfRange(values, start, start + classes);
      boolean negative = Arrays.stream(ofImage).anyMatch(value -> !(value >= 0));
      if (negative || Math.abs(Arrays.stream(ofImage).sum() - 1) > ROUNDING) {
        return false;
      }
    }
    return classes > 1;
  }
}
