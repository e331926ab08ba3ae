package io.github.smartaug.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.TransformSet;
import io.github.smartaug.transform.TransformSets;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much a transform counts in the loss is what the weights of a large batch say. */
class LossSharesTest {
  private static final TransformSet SET = TransformSets.named("base");
  private static final int IMAGES = 200_000;

  @ParameterizedTest
  @CsvSource({
    "learned, 1,  0.2",
    "learned, 2,  0.2",
    "learned, 3,  0.2",
    "learned,  2, -1.5",
    "sequence, 1, 0.2",
    "sequence, 2, 0.2",
    "sequence, 2, -1.5"
  })
  void loss_weights_count_by_probability_and_logit(String kind, int length, double lowest) {
    try (TensorScope scope = TensorScope.open()) {
      LearnablePolicy policy = started(kind, PolicyOptions.learned(length), lowest);
      double[] measured = measured(policy);

      assertThat(policy.lossShares()).containsExactly(measured, within(0.003));
      assertThat(largestDifference(policy.lossShares(), policy.probabilities()))
          .isGreaterThan(0.01);
      assertThat(new FrozenPolicy(policy).lossShares()).isEqualTo(policy.lossShares());
    }
  }

  @Test
  void by_the_score_function_images_count_alike() {
    PolicyOptions options =
        PolicyOptions.builder().probabilityGradient(ProbabilityGradient.SCORE_FUNCTION).build();
    try (TensorScope scope = TensorScope.open()) {
      LearnablePolicy policy = started("learned", options, -1);
      assertThat(policy.lossShares()).isEqualTo(policy.probabilities());
    }
  }

  private static LearnablePolicy started(String kind, PolicyOptions options, double lowest) {
    RandomStream random = RandomStream.seeded(3);
    LearnablePolicy start =
        (LearnablePolicy) Policies.named(kind).create(PolicySettings.of(SET, options, 10));
    Tensor logits = start.parameters().get(LearnablePolicy.LOGITS);
    double[] values = random.doubles(logits.numel(), lowest, lowest + 2.5).sorted().toArray();
    return start.withParameters(
        start
            .parameters()
            .with(NamedTensors.of(LearnablePolicy.LOGITS, Tensors.of(values, logits.shape()))));
  }

  private static double[] measured(LearnablePolicy policy) {
    Draws draws = policy.draw(IMAGES, RandomStream.seeded(4));
    Tensor logits = policy.parameters().get(LearnablePolicy.LOGITS);
    double[] weights =
        Tensors.toDoubles(
            LossWeights.ofLogits(logits, policy.choices(draws), draws.classes()).values());
    double[] shares = new double[SET.size()];
    for (int[] position : draws.transforms()) {
      for (int i = 0; i < IMAGES; i++) {
        shares[position[i]] += weights[i] / IMAGES / policy.length();
      }
    }
    return shares;
  }

  private static double largestDifference(double[] left, double[] right) {
    double[] differences = left.clone();
    Arrays.setAll(differences, i -> Math.abs(left[i] - right[i]));
    return Arrays.stream(differences).max().orElseThrow();
  }
}
