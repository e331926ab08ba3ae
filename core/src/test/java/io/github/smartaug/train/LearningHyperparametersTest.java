package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.augment.IndependentPolicy;
import io.github.smartaug.augment.NoAugmentation;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.augment.RandAugment;
import io.github.smartaug.batch.Batch;
import io.github.smartaug.batch.BatchSource;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.batch.Normalization;
import io.github.smartaug.batch.TrainingData;
import io.github.smartaug.loss.MixedLoss;
import io.github.smartaug.meta.Unrolled;
import io.github.smartaug.nn.Models;
import io.github.smartaug.optim.DifferentiableOptimizer;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.optim.Optimizers;
import io.github.smartaug.optim.Schedule;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.TransformSets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs of the trainer that learn hyperparameters, with and without a policy beside them. */
class LearningHyperparametersTest {
  private static final ImageShape SHAPE = new ImageShape(1, 6, 6);
  private static final double TOO_SMALL = 0.002;

  static Stream<Arguments> runs() {
    return Stream.of(
        Arguments.of("none", 1),
        Arguments.of("none", 3),
        Arguments.of("random", 1),
        Arguments.of("random", 3),
        Arguments.of("learned", 1),
        Arguments.of("learned", 3));
  }

  @ParameterizedTest
  @MethodSource("runs")
  void a_learning_rate_that_is_too_small_grows_whatever_is_done_with_the_images(
      String augmentation, int innerSteps) {
    InnerOptimizer optimizer =
        InnerOptimizer.sgd(TOO_SMALL)
            .learning(Hyperparameters.LEARNING_RATE, Hyperparameters.MOMENTUM);

    List<EpochReport> epochs = train(augmenter(augmentation), optimizer, innerSteps);

    EpochReport last = epochs.get(epochs.size() - 1);
    double rate = last.learnedHyperparameters().get(Hyperparameters.LEARNING_RATE);
    assertThat(rate).isGreaterThan(2 * TOO_SMALL);
    assertThat(last.learnedHyperparameters().get(Hyperparameters.MOMENTUM)).isNotEqualTo(0.9);
    assertThat(last.learningRate())
        .isCloseTo(rate * Schedule.cosine().factor(epochs.size() - 1, epochs.size()), within(1e-9));
  }

  static Stream<String> optimizers() {
    return Optimizers.names().stream();
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void every_optimizer_trains_with_a_learned_policy_and_a_learned_learning_rate(String name) {
    DifferentiableOptimizer rule = Optimizers.named(name);
    InnerOptimizer optimizer =
        new InnerOptimizer(rule, rule.defaults()).learning(Hyperparameters.LEARNING_RATE);

    List<EpochReport> epochs = train(augmenter("learned"), optimizer, 2);

    EpochReport last = epochs.get(epochs.size() - 1);
    assertThat(last.trainLoss()).isFinite();
    assertThat(last.learnedHyperparameters().get(Hyperparameters.LEARNING_RATE))
        .isPositive()
        .isNotEqualTo(rule.defaults().get(Hyperparameters.LEARNING_RATE).value());
  }

  @Test
  void a_policy_that_is_learned_alone_reports_no_hyperparameters() {
    List<EpochReport> epochs = train(augmenter("learned"), InnerOptimizer.sgd(TOO_SMALL), 2);

    assertThat(epochs.get(0).learnedHyperparameters()).isEmpty();
  }

  @Test
  void the_same_seed_learns_the_same_numbers() {
    InnerOptimizer optimizer = InnerOptimizer.sgd(TOO_SMALL).learning(Hyperparameters.WEIGHT_DECAY);

    List<EpochReport> first = train(augmenter("random"), optimizer, 2);
    List<EpochReport> second = train(augmenter("random"), optimizer, 2);

    assertThat(first.get(3).learnedHyperparameters())
        .isEqualTo(second.get(3).learnedHyperparameters())
        .isNotEqualTo(first.get(2).learnedHyperparameters());
  }

  private static Supplier<Augmenter> augmenter(String name) {
    return switch (name) {
      case "none" -> NoAugmentation::new;
      case "random" -> () -> new RandAugment(TransformSets.named("base"), 1, 0.3);
      default ->
          () -> IndependentPolicy.initial(TransformSets.named("base"), PolicyOptions.learned(1));
    };
  }

  private static List<EpochReport> train(
      Supplier<Augmenter> augmenter, InnerOptimizer optimizer, int innerSteps) {
    InnerOptions inner =
        new InnerOptions(optimizer, Optional.empty(), Schedule.cosine(), new MixedLoss(1));
    MetaOptions meta = new MetaOptions(innerSteps, new Unrolled(), 0.1, 0.001);
    TrainingData data =
        new TrainingData(
            new Stripes(6, 1),
            new Stripes(2, 2),
            new Stripes(1, 3),
            new Normalization(List.of(0.5), List.of(0.5)));
    try (TensorScope scope = TensorScope.open();
        TrainingResult result =
            new JointTrainer(
                    Models.create("mlp", SHAPE, 2),
                    augmenter.get(),
                    data,
                    new TrainingOptions(4, inner, meta, 1))
                .train()) {
      return result.epochs();
    }
  }

  /** Noisy images that are bright on the left or on the right. */
  private record Stripes(int batches, long seed) implements BatchSource {
    private static final int BATCH = 8;

    @Override
    public int size() {
      return batches * BATCH;
    }

    @Override
    public Batch batch(long epoch, int index) {
      RandomStream random = RandomStream.of(seed, "stripes " + index);
      int width = SHAPE.width();
      float[] pixels = new float[BATCH * SHAPE.height() * width];
      long[] labels = new long[BATCH];
      for (int image = 0; image < BATCH; image++) {
        labels[image] = image % 2;
      }
      for (int i = 0; i < pixels.length; i++) {
        int image = i / (SHAPE.height() * width);
        boolean right = i % width >= width / 2;
        boolean bright = right == (labels[image] == 1);
        pixels[i] = (float) (0.6 * random.nextDouble() + (bright ? 0.4 : 0));
      }
      return new Batch(
          Tensors.of(pixels, BATCH, 1, SHAPE.height(), width), Tensors.of(labels, BATCH));
    }
  }
}
