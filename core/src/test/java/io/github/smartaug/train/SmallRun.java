package io.github.smartaug.train;

import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.augment.IndependentPolicy;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.batch.BatchSource;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.batch.Normalization;
import io.github.smartaug.batch.TrainingData;
import io.github.smartaug.nn.BatchNorm2d;
import io.github.smartaug.nn.Conv2d;
import io.github.smartaug.nn.Flatten;
import io.github.smartaug.nn.LayeredModel;
import io.github.smartaug.nn.Linear;
import io.github.smartaug.nn.MemoryFormat;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.Models;
import io.github.smartaug.nn.ReLU;
import io.github.smartaug.nn.Sequential;
import io.github.smartaug.nn.Window;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.transform.TransformSets;
import java.util.List;

/**
 * Parts of runs that take less than a second: images of 6x6 pixels, whose class is their
 * brightness.
 */
final class SmallRun {
  private static final int PIXELS = 36;
  private static final int SIZE = 6;

  private SmallRun() {}

  /** Two layers, no batch normalisation. */
  static Model perceptron(int classes) {
    return Models.create("mlp", new ImageShape(1, SIZE, SIZE), classes);
  }

  /** A convolution to one pixel, whose batch normalisation needs two images. */
  static Model normalized(int classes) {
    return normalized(1, classes);
  }

  static Model normalized(int channels, int classes) {
    return new LayeredModel(
        new ImageShape(channels, SIZE, SIZE),
        classes,
        MemoryFormat.CONTIGUOUS,
        Sequential.of(
            new Conv2d("conv", channels, 8, Window.of(SIZE)),
            new BatchNorm2d("bn", 8),
            new ReLU(),
            new Flatten(),
            new Linear("fc", 8, classes)));
  }

  /** Learns logits and magnitudes of rotations, shifts and more. */
  static IndependentPolicy policy() {
    return IndependentPolicy.initial(TransformSets.named("base"), PolicyOptions.learned(1));
  }

  /** Noisy images whose mean grows with the class; the classes take turns. */
  static FixedBatches images(int count, int classes, int batchSize, long seed) {
    RandomStream random = RandomStream.seeded(seed);
    double[] pixels = new double[count * PIXELS];
    long[] labels = new long[count];
    for (int i = 0; i < count; i++) {
      labels[i] = i % classes;
      for (int p = 0; p < PIXELS; p++) {
        pixels[i * PIXELS + p] = (labels[i] + 0.3 + 0.4 * random.nextDouble()) / classes;
      }
    }
    return new FixedBatches(pixels, labels, new long[] {1, SIZE, SIZE}, batchSize);
  }

  /** Twelve training images of three classes in batches of four, six each to validate and test. */
  static TrainingData data() {
    return data(images(12, 3, 4, 1), images(6, 3, 4, 2));
  }

  static TrainingData data(BatchSource training, BatchSource validation) {
    Normalization normalization = new Normalization(List.of(0.5), List.of(0.3));
    return new TrainingData(training, validation, validation, normalization);
  }

  static TrainingOptions options(int epochs, int innerSteps) {
    return new TrainingOptions(
        epochs, InnerOptions.defaults(0.05), MetaOptions.defaults(innerSteps), 7);
  }

  static TrainingResult train(Model model, Augmenter augmenter, TrainingOptions options) {
    return new JointTrainer(model, augmenter, data(), options).train();
  }
}
