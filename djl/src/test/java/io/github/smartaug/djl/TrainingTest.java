package io.github.smartaug.djl;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.Trainer;
import ai.djl.training.listener.TrainingListener;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import io.github.smartaug.policy.AugmentationPolicy;
import io.github.smartaug.policy.PixelFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** DJL's own PyTorch engine trains a model of DJL on augmented images. */
class TrainingTest {
  private static final int IMAGES = 96;
  private static final int SIZE = 12;
  private static final PixelFormat FORMAT = PixelFormat.interleaved(SIZE, SIZE, 3);
  private static final Path SOURCE =
      Path.of("src/test/java/io/github/smartaug/djl/TrainingWithPolicy.java");

  private final AugmentationPolicy policy = TestPolicies.several();

  /** What the model was given, image by image. */
  private final List<float[]> seen = new ArrayList<>();

  /** From 0 to 255. Class 0 is bright at the left, class 1 at the right. */
  private static float[] images() {
    Random random = new Random(1);
    float[] images = new float[IMAGES * FORMAT.size()];
    for (int i = 0; i < images.length; i++) {
      int imageClass = i / FORMAT.size() % 2;
      boolean isRight = i / 3 % SIZE >= SIZE / 2;
      images[i] = random.nextInt(100) + (isRight == (imageClass == 1) ? 150 : 0);
    }
    return images;
  }

  /** One of them, from 0 to 1. */
  private static float[] image(int n) {
    float[] pixels = Arrays.copyOfRange(images(), n * FORMAT.size(), (n + 1) * FORMAT.size());
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] /= 255;
    }
    return pixels;
  }

  private SequentialBlock perceptron() {
    return new SequentialBlock()
        .add(
            new LambdaBlock(
                arrays -> {
                  NDArray batch = arrays.singletonOrThrow();
                  for (int i = 0; i < batch.getShape().get(0); i++) {
                    seen.add(batch.get(i).toFloatArray());
                  }
                  return arrays;
                },
                "recorder"))
        .add(Blocks.batchFlattenBlock(FORMAT.size()))
        .add(Linear.builder().setUnits(16).build())
        .add(Activation::relu)
        .add(Linear.builder().setUnits(2).build());
  }

  @Test
  void a_model_trains_for_an_epoch_on_what_the_policy_makes_of_each_image() throws Exception {
    DjlNatives.assumeThere();
    try (NDManager manager = NDManager.newBaseManager();
        Model model = Model.newInstance("perceptron", "PyTorch")) {
      model.setBlock(perceptron());
      try (Trainer trainer =
          model.newTrainer(
              new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                  .optOptimizer(
                      Optimizer.adam().optLearningRateTracker(Tracker.fixed(0.01f)).build())
                  .addTrainingListeners(TrainingListener.Defaults.basic()))) {
        trainer.initialize(new Shape(1, 3, SIZE, SIZE));
        seen.clear();
        float[] before = weights(model);

        train(trainer, manager, 1);

        assertThat(trainer.getTrainingResult().getTrainLoss()).isFinite().isPositive();
        assertThat(weights(model)).isNotEqualTo(before);
        assertThatEachImageWasAugmentedOnce();
        train(trainer, manager, 10);
        assertThat(trainer.getTrainingResult().getTrainLoss()).isLessThan(0.6f);
      }
    }
  }

  private void train(Trainer trainer, NDManager manager, int epochs) throws Exception {
    NDArray images = manager.create(images(), new Shape(IMAGES, SIZE, SIZE, 3));
    NDArray labels = manager.arange(IMAGES).mod(2).toType(DataType.FLOAT32, false);
    TrainingWithPolicy.train(trainer, policy, images, labels, epochs);
  }

  private static float[] weights(Model model) {
    return model.getBlock().getParameters().get(0).getValue().getArray().toFloatArray();
  }

  /** Whatever the order in which the data set was shuffled. */
  private void assertThatEachImageWasAugmentedOnce() {
    assertThat(seen).hasSize(IMAGES);
    List<Integer> originals = new ArrayList<>();
    int changed = 0;
    for (int n = 0; n < IMAGES; n++) {
      float[] image = image(n);
      for (int index = 0; index < IMAGES; index++) {
        if (distance(policy.augment(image, FORMAT, 42, index), seen.get(index)) < 1e-6) {
          originals.add(n);
          changed += distance(image, seen.get(index)) > 0.1 ? 1 : 0;
        }
      }
    }
    assertThat(originals).hasSize(IMAGES).doesNotHaveDuplicates();
    assertThat(changed).isGreaterThan(IMAGES / 2);
  }

  /** The largest between an interleaved image and what ToTensor made of another. */
  private static double distance(float[] interleaved, float[] planar) {
    double largest = 0;
    for (int i = 0; i < interleaved.length; i++) {
      float other = planar[i % 3 * SIZE * SIZE + i / 3];
      largest = Math.max(largest, Math.abs(interleaved[i] - other));
    }
    return largest;
  }

  @Test
  void the_page_quotes_the_program() throws Exception {
    String source = Files.readString(SOURCE);
    String program = source.substring(source.indexOf("    Pipeline"), source.lastIndexOf("  }\n}"));
    assertThat(Files.readString(Path.of("../docs/policy-in-java.md")))
        .contains("```java\n" + program.replaceAll("(?m)^ {4}", "") + "```\n");
  }
}
