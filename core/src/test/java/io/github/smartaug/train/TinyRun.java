package io.github.smartaug.train;

import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.augment.IndependentPolicy;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.augment.RandAugment;
import io.github.smartaug.batch.Batch;
import io.github.smartaug.batch.BatchSource;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.batch.Normalization;
import io.github.smartaug.batch.TrainingData;
import io.github.smartaug.nn.AdaptiveAvgPool2d;
import io.github.smartaug.nn.BatchNorm2d;
import io.github.smartaug.nn.Conv2d;
import io.github.smartaug.nn.Dropout;
import io.github.smartaug.nn.Flatten;
import io.github.smartaug.nn.LayeredModel;
import io.github.smartaug.nn.Linear;
import io.github.smartaug.nn.MemoryFormat;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.ReLU;
import io.github.smartaug.nn.Sequential;
import io.github.smartaug.nn.Window;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.TransformSet;
import io.github.smartaug.transform.TransformSets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * A run of two epochs of four steps on made-up images, with everything in it that has state: batch
 * normalisation, dropout, momentum, a learned policy.
 */
final class TinyRun {
  static final int EPOCHS = 2;
  static final int STEPS = 4;

  private static final int BATCH = 6;
  private static final ImageShape SHAPE = new ImageShape(3, 8, 8);
  private static final int CLASSES = 3;

  private TinyRun() {}

  /** A trainer of a learned policy with a meta step after that many inner steps. */
  static JointTrainer learned(int innerSteps) {
    return trainer(policy(), innerSteps);
  }

  /** The policy of {@link #learned}, in the caller's scope. */
  static IndependentPolicy policy() {
    return IndependentPolicy.initial(transforms(), PolicyOptions.learned(2));
  }

  /** A trainer without meta steps. */
  static JointTrainer random() {
    return trainer(randAugment(), 1);
  }

  static RandAugment randAugment() {
    return new RandAugment(transforms(), 2, 0.5);
  }

  static JointTrainer trainer(Augmenter augmenter, int innerSteps) {
    return new JointTrainer(model(), augmenter, data(), options(innerSteps));
  }

  static TrainingOptions options(int innerSteps) {
    return new TrainingOptions(
        EPOCHS, InnerOptions.defaults(0.1), MetaOptions.defaults(innerSteps), 5);
  }

  static Model model() {
    return model(16);
  }

  /** A trainer of another model. */
  static JointTrainer ofWiderModel() {
    return new JointTrainer(model(24), randAugment(), data(), options(1));
  }

  private static TransformSet transforms() {
    try {
      return TransformSets.resolve(TransformSets.DEFAULT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** In channels-last, so that its weights do not lie in memory row by row. */
  private static Model model(int channels) {
    return new LayeredModel(
        SHAPE,
        CLASSES,
        MemoryFormat.CHANNELS_LAST,
        Sequential.of(
            new Conv2d("conv", 3, channels, Window.of(3)),
            new BatchNorm2d("bn", channels),
            new ReLU(),
            new Conv2d("conv2", channels, channels, Window.of(3)),
            new ReLU(),
            AdaptiveAvgPool2d.global(),
            new Flatten(),
            new Dropout(0.2),
            new Linear("fc", channels, CLASSES)));
  }

  static TrainingData data() {
    return new TrainingData(
        new MadeUpImages(STEPS, 1),
        new MadeUpImages(3, 2),
        new MadeUpImages(2, 3),
        new Normalization(List.of(0.5, 0.4, 0.3), List.of(0.2, 0.3, 0.4)));
  }

  /** Runs to the end. */
  static Outcome outcome(JointTrainer trainer) {
    try (TrainingResult result = trainer.train()) {
      return Outcome.of(result);
    }
  }

  /**
   * What a run led to, times and memory aside.
   *
   * @param bestEpoch the epoch of the model
   * @param model every parameter and buffer
   * @param policy every parameter, if the policy is learned
   * @param epochs reports
   * @param findings what was learned beyond noise
   */
  record Outcome(
      int bestEpoch,
      List<List<Double>> model,
      Optional<List<List<Double>>> policy,
      List<EpochReport> epochs,
      LearningFindings findings) {
    private static Outcome of(TrainingResult result) {
      return new Outcome(
          result.bestEpoch(),
          values(result.parameters().with(result.buffers()).tensors()),
          result.augmenter() instanceof IndependentPolicy policy
              ? Optional.of(values(policy.parameters().tensors()))
              : Optional.empty(),
          result.epochs().stream().map(Outcome::timeless).toList(),
          result.findings());
    }

    private static List<List<Double>> values(List<org.bytedeco.pytorch.Tensor> tensors) {
      return tensors.stream()
          .map(tensor -> java.util.Arrays.stream(Tensors.toDoubles(tensor)).boxed().toList())
          .toList();
    }

    private static EpochReport timeless(EpochReport report) {
      return new EpochReport(
          report.epoch(),
          report.epochs(),
          report.trainLoss(),
          report.validationLoss(),
          report.validationAccuracy(),
          report.testAccuracy(),
          report.f1(),
          PhaseSeconds.NONE,
          0,
          report.learningRate(),
          report.policy(),
          report.temperature(),
          report.details(),
          report.policyParameters(),
          report.learnedHyperparameters(),
          report.gradients());
    }
  }

  /** Noise with labels, the same whenever it is asked for. */
  private record MadeUpImages(int batches, long seed) implements BatchSource {
    @Override
    public int size() {
      return batches * BATCH;
    }

    @Override
    public Batch batch(long epoch, int index) {
      RandomStream random = RandomStream.seeded(seed + 1000 * epoch + 10L * index);
      float[] pixels = new float[BATCH * 3 * 8 * 8];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = random.nextFloat();
      }
      long[] labels = random.longs(BATCH, 0, CLASSES).toArray();
      return new Batch(Tensors.of(pixels, BATCH, 3, 8, 8), Tensors.of(labels, BATCH));
    }
  }
}
