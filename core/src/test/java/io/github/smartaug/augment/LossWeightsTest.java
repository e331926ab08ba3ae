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
      Tensor weights = LossWeights.ofLogits(logits, samples).values();
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
