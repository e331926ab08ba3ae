package io.github.smartaug.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.Npz;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossWeightsTest {
  @ParameterizedTest
  @CsvSource({"uniform, 1", "uniform, 2", "pos, 1", "pos, 2", "neg, 1", "neg, 2"})
  void weights_of_independent_draws_are_those_of_the_ancestor(String name, int length)
      throws IOException {
    try (TensorScope scope = TensorScope.open();
        InputStream in = getClass().getResourceAsStream("/reference/loss_weight.npz");
        Npz reference = Npz.read(in, "loss_weight")) {
      String key = name + "__N" + length + "__";
      Tensor logits = reference.tensor(name + "__prob").to(ScalarType.Double).requires_grad_(true);
      int[][] samples = rows(Tensors.toLongs(reference.tensor(key + "samples")), length);
      Tensor weights = LossWeights.ofLogits(logits, samples, new int[samples[0].length]).values();
      double[] expected = Tensors.toDoubles(reference.tensor(key + "bn1__w"));
      assertThat(Tensors.toDoubles(weights)).containsExactly(expected, within(1e-6));
      Tensor product = weights.mul(reference.tensor(key + "cot").to(ScalarType.Double)).sum();
      Tensor gradient = Tensors.gradients(product, NamedTensors.of("logits", logits)).get("logits");
      double[] expectedGradient = Tensors.toDoubles(reference.tensor(key + "bn1__gprob"));
      double largest = Arrays.stream(expectedGradient).map(Math::abs).max().orElseThrow();
      assertThat(Tensors.toDoubles(gradient))
          .containsExactly(expectedGradient, within(1e-6 * largest));
    }
  }

  /** Logits all 2 for one class, all 1 for the other, drew alike but counted 1.33 and 0.67. */
  @Test
  void logits_of_a_class_do_not_weigh_it_against_another() {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors leaf = NamedTensors.of("p", Tensors.of(new double[] {2, 2, 1, 1}, 4)).asLeaves();
      int[][] choices = {{0, 2, 3, 1}};
      LossWeights weights = LossWeights.ofLogits(leaf.get("p"), choices, new int[] {0, 1, 1, 0});

      assertThat(Tensors.toDoubles(weights.values())).containsExactly(1, 1, 1, 1);
      Tensor mean = weights.meanOf(Tensors.of(new double[] {5, 1, 1, 5}, 4));
      assertThat(Tensors.toDoubles(Tensors.gradients(mean, leaf).get("p")))
          .containsExactly(new double[4], within(1e-15));
    }
  }

  /** Each class by itself is as a batch of that class alone. */
  @Test
  void within_a_class_weights_are_those_of_its_images_alone() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor logits = Tensors.of(new double[] {0.5, 2, -1, 3, 1, 4, -3, -3, -3}, 9);
      int[] classes = {7, 2, 7, 2, 7, 0, 0};
      int[][] choices = {{0, 3, 1, 5, 2, 6, 7}, {1, 4, 2, 5, 2, 8, 6}};
      double[] together =
          Tensors.toDoubles(LossWeights.ofLogits(logits, choices, classes).values());
      for (int c : new int[] {7, 2, 0}) {
        int[] own = IntStream.range(0, 7).filter(i -> classes[i] == c).toArray();
        int[][] ownChoices = {
          Arrays.stream(own).map(i -> choices[0][i]).toArray(),
          Arrays.stream(own).map(i -> choices[1][i]).toArray()
        };
        double[] alone =
            Tensors.toDoubles(
                LossWeights.ofLogits(logits, ownChoices, new int[own.length]).values());
        for (int i = 0; i < own.length; i++) {
          assertThat(together[own[i]]).isCloseTo(alone[i], within(1e-12));
        }
      }
      assertThat(together[5]).isEqualTo(1);
    }
  }

  /** By hand: with l - 0.7 c = 0.3, 0.6, 4.6 the others' means are 2.6, 2.45, 0.45. */
  @Test
  void the_loss_of_the_clean_image_is_part_of_its_baseline() {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors leaf = NamedTensors.of("p", Tensors.of(new double[] {-1, -2}, 2)).asLeaves();
      Tensor mean =
          LossWeights.ofLogProbabilities(leaf.get("p"), new int[][] {{0, 1, 1}})
              .meanOf(Tensors.of(new double[] {1, 2, 6}, 3), Tensors.of(new double[] {1, 2, 2}, 3));
      assertThat(Tensors.item(mean)).isEqualTo(3);
      assertThat(Tensors.toDoubles(Tensors.gradients(mean, leaf).get("p")))
          .containsExactly(
              new double[] {(0.3 - 2.6) / 3, (0.6 - 2.45 + 4.6 - 0.45) / 3}, within(1e-12));
    }
  }

  /** Losses of difficult images are large, changed or not. */
  @Test
  void the_clean_images_losses_reduce_the_variance_and_keep_the_mean() {
    RandomStream random = RandomStream.seeded(6);
    double[] sums = new double[4];
    for (int sample = 0; sample < SAMPLES; sample++) {
      try (TensorScope scope = TensorScope.open()) {
        int[] drawn = random.ints(16, 0, 2).toArray();
        double[] clean = random.doubles(16, 0, 2).toArray();
        double[] losses = new double[16];
        Arrays.setAll(losses, i -> clean[i] + 0.5 * drawn[i] + 0.5 * random.nextDouble());
        double with = firstGradient(drawn, (w, l) -> w.meanOf(l, Tensors.of(clean, 16)), losses);
        double without = firstGradient(drawn, LossWeights::meanOf, losses);
        sums[0] += with / SAMPLES;
        sums[1] += with * with / SAMPLES;
        sums[2] += without / SAMPLES;
        sums[3] += without * without / SAMPLES;
      }
    }
    double with = sums[1] - sums[0] * sums[0];
    double without = sums[3] - sums[2] * sums[2];
    System.out.printf("variance with clean losses over without: %.3f%n", with / without);
    assertThat(sums[0]).isCloseTo(sums[2], within(4 * Math.sqrt((with + without) / SAMPLES)));
    assertThat(with / without).isLessThan(0.4);
  }

  private static double firstGradient(
      int[] drawn, BiFunction<LossWeights, Tensor, Tensor> mean, double[] losses) {
    NamedTensors leaf = NamedTensors.of("p", Tensors.of(new double[2], 2)).asLeaves();
    LossWeights weights =
        LossWeights.ofLogProbabilities(leaf.get("p").log_softmax(0), new int[][] {drawn});
    Tensor loss = mean.apply(weights, Tensors.of(losses, losses.length));
    return Tensors.toDoubles(Tensors.gradients(loss, leaf).get("p"))[0];
  }

  @Test
  void the_score_function_leaves_the_mean_of_the_losses_as_it_is() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor logProbabilities = Tensors.of(new double[] {-1, -2}, 2);
      LossWeights weights =
          LossWeights.ofLogProbabilities(logProbabilities, new int[][] {{0, 1, 1}});
      assertThat(Tensors.toDoubles(weights.values())).containsExactly(1, 1, 1);
      assertThat(Tensors.item(weights.meanOf(Tensors.of(new double[] {1, 2, 6}, 3)))).isEqualTo(3);
    }
  }

  /**
   * By hand: the others' mean is 4, 3.5, 1.5; the derivative is that of log P times (l - b) / 3.
   */
  @Test
  void each_image_s_baseline_is_the_mean_loss_of_the_others() {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors leaf = NamedTensors.of("p", Tensors.of(new double[] {-1, -2}, 2)).asLeaves();
      Tensor mean =
          LossWeights.ofLogProbabilities(leaf.get("p"), new int[][] {{0, 1, 1}})
              .meanOf(Tensors.of(new double[] {1, 2, 6}, 3));
      assertThat(Tensors.toDoubles(Tensors.gradients(mean, leaf).get("p")))
          .containsExactly(new double[] {(1 - 4) / 3.0, (2 - 3.5 + 6 - 1.5) / 3}, within(1e-12));
    }
  }

  @Test
  void a_single_image_has_no_baseline() {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors leaf = NamedTensors.of("p", Tensors.of(new double[] {-1, -2}, 2)).asLeaves();
      Tensor mean =
          LossWeights.ofLogProbabilities(leaf.get("p"), new int[][] {{1}})
              .meanOf(Tensors.of(new double[] {5}, 1));
      assertThat(Tensors.toDoubles(Tensors.gradients(mean, leaf).get("p"))).containsExactly(0, 5);
    }
  }

  /** Losses of which two thirds are common to all images, as early in training. */
  @Test
  void the_baseline_reduces_the_variance_and_keeps_the_mean() {
    double[] with = moments(LossWeights::meanOf);
    double[] without = moments((weights, losses) -> weights.values().mul(losses).mean());
    double errors = Math.sqrt((with[1] + without[1]) / SAMPLES);
    assertThat(with[0]).isCloseTo(without[0], within(4 * errors));
    assertThat(with[1]).isLessThan(0.2 * without[1]);
  }

  private static final int SAMPLES = 2000;

  /** Mean and variance of the gradient of the first logit, over draws of 16 images each. */
  private static double[] moments(BiFunction<LossWeights, Tensor, Tensor> mean) {
    RandomStream random = RandomStream.seeded(4);
    double sum = 0;
    double squares = 0;
    for (int sample = 0; sample < SAMPLES; sample++) {
      try (TensorScope scope = TensorScope.open()) {
        int[] drawn = random.ints(16, 0, 2).toArray();
        double[] losses =
            Arrays.stream(drawn).mapToDouble(t -> 2 + t + 0.1 * random.nextDouble()).toArray();
        NamedTensors leaf = NamedTensors.of("p", Tensors.of(new double[2], 2)).asLeaves();
        LossWeights weights =
            LossWeights.ofLogProbabilities(leaf.get("p").log_softmax(0), new int[][] {drawn});
        Tensor loss = mean.apply(weights, Tensors.of(losses, losses.length));
        double gradient = Tensors.toDoubles(Tensors.gradients(loss, leaf).get("p"))[0];
        sum += gradient;
        squares += gradient * gradient;
      }
    }
    double average = sum / SAMPLES;
    return new double[] {average, squares / SAMPLES - average * average};
  }

  private static int[][] rows(long[] values, int rows) {
    int columns = values.length / rows;
    int[][] result = new int[rows][columns];
    for (int i = 0; i < values.length; i++) {
      result[i / columns][i % columns] = (int) values[i];
    }
    return result;
  }
}
