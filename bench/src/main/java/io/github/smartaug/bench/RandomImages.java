package io.github.smartaug.bench;

import io.github.smartaug.batch.Batch;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.batch.Normalization;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.Tensors;
import java.util.Collections;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** Uniform noise: images with labels at random, their normalisation, and feature maps. */
final class RandomImages {
  private RandomImages() {}

  /** A batch in the caller's scope. */
  static Batch batch(ImageShape shape, int classes, int images, RandomStream random) {
    float[] values = new float[images * shape.channels() * shape.height() * shape.width()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat();
    }
    long[] labels = random.longs(images, 0, classes).toArray();
    return new Batch(
        Tensors.of(values, images, shape.channels(), shape.height(), shape.width()),
        Tensors.of(labels, images));
  }

  /** Mean and deviation of uniform noise. */
  static Normalization normalization(ImageShape shape) {
    return new Normalization(same(0.5, shape.channels()), same(0.29, shape.channels()));
  }

  private static List<Double> same(double value, int channels) {
    return Collections.nCopies(channels, value);
  }

  /** Noise from -1 to 1, such as feature maps and weights, in the caller's scope. */
  static Tensor uniform(RandomStream random, long... shape) {
    long count = 1;
    for (long length : shape) {
      count *= length;
    }
    float[] values = new float[Math.toIntExact(count)];
    for (int i = 0; i < values.length; i++) {
      values[i] = 2 * random.nextFloat() - 1;
    }
    return Tensors.of(values, shape);
  }
}
