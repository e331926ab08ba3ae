package io.github.smartaug.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.augment.Augmented;
import io.github.smartaug.augment.Augmenter;
import io.github.smartaug.augment.Draws;
import io.github.smartaug.augment.IndependentPolicy;
import io.github.smartaug.augment.LossWeights;
import io.github.smartaug.augment.PolicyOptions;
import io.github.smartaug.augment.ProbabilityGradient;
import io.github.smartaug.augment.RandAugment;
import io.github.smartaug.batch.BatchSource;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.train.FixedBatches;
import io.github.smartaug.train.PixelModel;
import io.github.smartaug.transform.TransformSets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluatorTest {
  private static final NamedTensors NONE = NamedTensors.empty();

  /**
   * Six classes: the first image's class is the likeliest, the second's the fifth, the last's the
   * sixth.
   */
  private static final double[] LOGITS = {
    5, 0, 0, 0, 0, 0, //
    5, 4, 3, 2, 1, 0, //
    5, 4, 3, 2, 1, 0
  };

  private static final long[] LABELS = {0, 4, 5};

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 100})
  void measures_do_not_depend_on_the_batch_size(int batchSize) {
    Evaluation evaluation = evaluate(6, LOGITS, LABELS, batchSize);

    double logOfFirst = Math.log(Math.exp(5) + 5);
    double logOfOthers = Math.log(Arrays.stream(LOGITS, 6, 12).map(Math::exp).sum());
    assertThat(evaluation.loss())
        .isCloseTo((logOfFirst - 5 + logOfOthers - 1 + logOfOthers) / 3, within(1e-6));
    assertThat(evaluation.accuracy()).isCloseTo(1.0 / 3, within(1e-15));
    assertThat(evaluation.topFiveAccuracy()).isCloseTo(2.0 / 3, within(1e-15));
    assertThat(evaluation.confusion().counts()[5]).containsExactly(1, 0, 0, 0, 0, 0);
  }

  @Test
  void the_calibration_error_is_of_the_likeliest_class() {
    // Confidences 0.967 (right) and twice 0.634 (wrong), in different bins.
    double first = Math.exp(5) / (Math.exp(5) + 5);
    double others = Math.exp(5) / Arrays.stream(LOGITS, 6, 12).map(Math::exp).sum();

    assertThat(evaluate(6, LOGITS, LABELS, 2).calibrationError())
        .isCloseTo((1 - first + 2 * others) / 3, within(1e-6));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 100})
  void mistakes_are_told_with_the_surest_first(int batchSize) {
    double[] logits = {0, 1, 9, 0, 0, 4, 0, 4};

    List<Mistake> mistakes = evaluate(2, logits, new long[] {0, 0, 0, 0}, batchSize).mistakes();

    assertThat(mistakes).extracting(Mistake::image).containsExactly(2L, 3L, 0L);
    assertThat(mistakes).extracting(Mistake::predicted).containsOnly(1);
    assertThat(mistakes.get(2).probability()).isCloseTo(Math.E / (1 + Math.E), within(1e-6));
  }

  @Test
  void no_more_mistakes_are_told_than_are_looked_at() {
    int images = Evaluation.MOST_MISTAKES + 5;
    double[] logits = new double[2 * images];
    for (int i = 0; i < images; i++) {
      logits[2 * i + 1] = 0.1 * i;
    }

    assertThat(evaluate(2, logits, new long[images], 7).mistakes())
        .hasSize(Evaluation.MOST_MISTAKES)
        .first()
        .extracting(Mistake::image)
        .isEqualTo(images - 1L);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 5})
  void with_up_to_five_classes_all_are_among_the_first_five(int classes) {
    double[] logits = new double[classes];

    assertThat(evaluate(classes, logits, new long[] {classes - 1}, 1).topFiveAccuracy())
        .isEqualTo(1);
  }

  @Test
  void a_prediction_is_the_mean_over_copies_weighted_by_their_loss_weights() {
    // Probability of class 0: 0.8, then 0.4; the copies weigh 3 and 1.
    Evaluation evaluation = evaluateCopies(new Scripted(new double[] {0.8, 0.4}, 3, 1), 2);

    assertThat(evaluation.loss()).isCloseTo(-Math.log((3 * 0.8 + 0.4) / 4), within(1e-6));
  }

  @Test
  void copies_that_all_weigh_nothing_count_alike() {
    Evaluation evaluation = evaluateCopies(new Scripted(new double[] {0.8, 0.4}, 0, 0), 2);

    assertThat(evaluation.loss()).isCloseTo(-Math.log(0.6), within(1e-6));
  }

  @Test
  void an_image_is_classified_by_the_mean_over_its_own_copies_weighted_by_their_loss_weights() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor images = Tensors.of(new float[] {0.1f, 0.2f, 0.3f, 0.4f}, 2, 1, 1, 2);
      TestTimeAugmentation augmentation =
          new TestTimeAugmentation(new ByCopy(new double[] {0.8, 0.4}, new double[] {3, 1}), 2, 7);

      Tensor probabilities =
          new Evaluator(new PixelModel(2), PixelModel.AS_THEY_ARE)
              .probabilities(NONE, NONE, images, augmentation);

      assertThat(Tensors.toDoubles(probabilities))
          .containsExactly(new double[] {0.7, 0.3, 0.7, 0.3}, within(1e-6));
    }
  }

  @Test
  void the_same_augmentation_gives_the_same_bits_twice() {
    Augmenter random = new RandAugment(TransformSets.named("base"), 2, 0.9);

    Evaluation first = evaluateCopies(random, 3);

    assertThat(evaluateCopies(random, 3).loss()).isEqualTo(first.loss());
    assertThat(evaluateCopies(random, 4).loss()).isNotEqualTo(first.loss());
  }

  @Test
  void a_policy_that_never_learned_weighs_all_copies_alike() {
    try (TensorScope scope = TensorScope.open()) {
      IndependentPolicy fresh =
          IndependentPolicy.initial(TransformSets.named("base"), PolicyOptions.learned(2));
      Augmenter unweighted = new WithoutWeights(fresh);

      assertThat(evaluateCopies(fresh, 3).loss())
          .isCloseTo(evaluateCopies(unweighted, 3).loss(), within(1e-6));
    }
  }

  @Test
  void there_must_be_a_copy() {
    Augmenter random = new RandAugment(TransformSets.named("base"), 2, 0.9);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TestTimeAugmentation(random, 0, 1))
        .withMessage("copies: 0, allowed: at least 1");
  }

  private static Evaluation evaluate(int classes, double[] logits, long[] labels, int batchSize) {
    return new Evaluator(new PixelModel(classes), PixelModel.AS_THEY_ARE)
        .evaluate(
            NONE, NONE, new FixedBatches(logits, labels, new long[] {1, 1, classes}, batchSize));
  }

  private static Evaluation evaluateCopies(Augmenter augmenter, int copies) {
    double[] pixels = {0.9, 0.1, 0.3, 0.5};
    BatchSource source = new FixedBatches(pixels, new long[] {0, 0}, new long[] {1, 1, 2}, 2);
    return new Evaluator(new PixelModel(2), PixelModel.AS_THEY_ARE)
        .evaluate(NONE, NONE, source, new TestTimeAugmentation(augmenter, copies, 7));
  }

  /** Replaces every image by logits of two classes, the next ones at every call. */
  private static final class Scripted implements Augmenter {
    private final double[] probabilities;
    private final double[] weights;
    private int call;

    Scripted(double[] probabilities, double... weights) {
      this.probabilities = probabilities;
      this.weights = weights;
    }

    @Override
    public Draws draw(int images, RandomGenerator random) {
      return new Draws(new int[0][images], new double[0][images]);
    }

    @Override
    public Augmented apply(Tensor images, Draws draws) {
      double probability = probabilities[call];
      double[] logits = {Math.log(probability), Math.log(1 - probability)};
      try (TensorScope scope = TensorScope.open()) {
        Tensor image = Tensors.constant(logits, images, 1, 1, 1, 2);
        return new Augmented(
            scope.keep(image.expand(images.size(0), 1, 1, 2).contiguous()),
            new LossWeights(
                scope.keep(Tensors.full(weights[call++], images, images.size(0))),
                ProbabilityGradient.LOSS_WEIGHT));
      }
    }
  }

  /** Replaces the images of a batch by logits of two classes, with a probability for each. */
  private static final class ByCopy implements Augmenter {
    private final double[] probabilities;
    private final double[] weights;

    ByCopy(double[] probabilities, double[] weights) {
      this.probabilities = probabilities;
      this.weights = weights;
    }

    @Override
    public Draws draw(int images, RandomGenerator random) {
      return new Draws(new int[0][images], new double[0][images]);
    }

    @Override
    public Augmented apply(Tensor images, Draws draws) {
      double[] logits =
          Arrays.stream(probabilities)
              .flatMap(p -> DoubleStream.of(Math.log(p), Math.log(1 - p)))
              .toArray();
      return new Augmented(
          Tensors.constant(logits, images, probabilities.length, 1, 1, 2),
          new LossWeights(
              Tensors.constant(weights, images, weights.length), ProbabilityGradient.LOSS_WEIGHT));
    }
  }

  /** Another policy's images, all of weight 1. */
  private record WithoutWeights(Augmenter augmenter) implements Augmenter {
    @Override
    public Draws draw(int images, RandomGenerator random) {
      return augmenter.draw(images, random);
    }

    @Override
    public Augmented apply(Tensor images, Draws draws) {
      return new Augmented(augmenter.apply(images, draws).images(), LossWeights.uniform(images));
    }
  }
}
