package io.github.smartaug.cli.predict;

import io.github.smartaug.metric.TestTimeAugmentation;
import io.github.smartaug.run.Prediction;
import io.github.smartaug.run.TrainedClassifier;
import io.github.smartaug.tensor.TensorScope;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * Reads and classifies images, a batch at a time. May be used by several threads.
 *
 * @param augmentation of the copies, if predictions are averaged over some
 * @param run the folder of the classifier, for messages
 */
record BatchClassifier(
    TrainedClassifier classifier,
    Optional<TestTimeAugmentation> augmentation,
    ImageSource source,
    Path run) {
  /** Images of a batch: few, as each thread holds one batch. */
  static final int SIZE = 16;

  /**
   * Classifies the batch that begins at an image.
   *
   * @throws IllegalArgumentException if the model makes no probabilities of an image
   */
  ClassifiedImages classify(int first) {
    try (TensorScope scope = TensorScope.open();
        NoGradGuard noGradient = new NoGradGuard()) {
      LoadedImages loaded = source.load(first, Math.min(first + SIZE, source.size()));
      List<Prediction> predictions =
          loaded.images().map(this::probabilities).map(classifier::predictions).orElse(List.of());
      for (int i = 0; i < predictions.size(); i++) {
        requireFinite(loaded.names().get(i), predictions.get(i));
      }
      return new ClassifiedImages(loaded.names(), predictions, loaded.bad());
    }
  }

  private Tensor probabilities(Tensor images) {
    return augmentation.isPresent()
        ? classifier.classify(images, augmentation.get())
        : classifier.classify(images);
  }

  /** Weights that are finite may be damaged all the same, so that the model overflows. */
  private void requireFinite(String name, Prediction prediction) {
    if (!Double.isFinite(prediction.probability())) {
      throw new IllegalArgumentException(
          "%s: the probabilities of %s are %s, allowed: weights with which they are finite"
              .formatted(run, name, prediction.probability()));
    }
  }
}
