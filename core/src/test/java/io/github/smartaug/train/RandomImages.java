package io.github.smartaug.train;

import io.github.smartaug.batch.Batch;
import io.github.smartaug.batch.BatchSource;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.batch.Normalization;
import io.github.smartaug.batch.TrainingData;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * Images of noise, brighter the higher their class, so that there is something to learn: a function
 * of purpose, epoch and index.
 *
 * @param purpose sources of different purposes have different images
 * @param shape of an image
 * @param batches in an epoch
 * @param batchSize images in a batch
 * @param classes number of classes
 */
record RandomImages(String purpose, ImageShape shape, int batches, int batchSize, int classes)
    implements BatchSource {
  /** Training, validation and test images of one kind. */
  static TrainingData data(ImageShape shape, int batches, int batchSize, int classes) {
    List<Double> half = java.util.Collections.nCopies(shape.channels(), 0.5);
    return new TrainingData(
        new RandomImages("training", shape, batches, batchSize, classes),
        new RandomImages("validation", shape, 3, batchSize, classes),
        new RandomImages("test", shape, 2, batchSize, classes),
        new Normalization(half, half));
  }

  @Override
  public int size() {
    return batches * batchSize;
  }

  @Override
  public Batch batch(long epoch, int index) {
    RandomStream random = RandomStream.of(epoch * batches + index, purpose);
    int pixels = shape.channels() * shape.height() * shape.width();
    float[] values = new float[batchSize * pixels];
    long[] labels = random.longs(batchSize, 0, classes).toArray();
    for (int i = 0; i < values.length; i++) {
      float brightness = (labels[i / pixels] + 1f) / (classes + 1f);
      values[i] = 0.5f * random.nextFloat() + 0.5f * brightness;
    }
    try (TensorScope scope = TensorScope.open()) {
      Tensor images =
          Tensors.of(values, batchSize, shape.channels(), shape.height(), shape.width());
      return new Batch(scope.keep(images), scope.keep(Tensors.of(labels, batchSize)));
    }
  }
}
