package io.github.smartaug.augment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.augment.PolicyOptions.MagnitudeSharing;
import io.github.smartaug.augment.PolicyOptions.PenaltyWeights;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.TransformSet;
import io.github.smartaug.transform.TransformSets;
import java.util.Arrays;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code sum_k P_k (m_k - 1)^2 / sum_k P_k} over the transforms whose magnitude is learned. */
class PenaltyTest {
  private static final TransformSet SET = TransformSets.named("base");

  @ParameterizedTest
  @CsvSource({
    "learned,  OWN,    1, 1",
    "learned,  OWN,    3, 1",
    "learned,  OWN,    1, 2.5",
    "learned,  SHARED, 1, 1",
    "learned,  SHARED, 3, 1",
    "sequence, OWN,    1, 1",
    "sequence, OWN,    3, 1"
  })
  void a_magnitude_counts_as_much_as_its_transform_is_drawn(
      String kind, MagnitudeSharing sharing, int classes, double temperature) {
    PolicyOptions options =
        PolicyOptions.builder().sharing(sharing).classes(classes).temperature(temperature).build();
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors leaves = started(kind, options).parameters().asLeaves();
      LearnablePolicy policy = started(kind, options).withParameters(leaves);
      Tensor penalty = policy.penalty().orElseThrow();

      assertThat(Tensors.item(penalty)).isCloseTo(expected(policy), within(1e-6));
      NamedTensors gradients = Tensors.gradients(penalty, leaves);
      assertThat(Tensors.toDoubles(gradients.get(LearnablePolicy.LOGITS))).containsOnly(0);
      double[] ofMagnitudes = Tensors.toDoubles(gradients.get(LearnablePolicy.MAGNITUDES));
      for (int i = 0; i < ofMagnitudes.length; i++) {
        double difference = (expected(shifted(policy, i, 0.01)) - expected(policy)) / 0.01;
        double curvature = 0.01 * 2;
        assertThat(ofMagnitudes[i]).isCloseTo(difference, within(curvature));
      }
      assertThat(Arrays.stream(ofMagnitudes).sum()).isLessThan(-0.1);
    }
  }

  /** One that is never drawn feels none of it; with equal weights it felt as much as the others. */
  @Test
  void what_is_not_drawn_is_not_raised() {
    try (TensorScope scope = TensorScope.open()) {
      double[] logits = new double[SET.size()];
      int rotate = SET.names().indexOf("Rotate");
      logits[rotate] = -1000;
      double byProbability = gradient(PenaltyWeights.PROBABILITY, logits)[rotate];
      double equal = gradient(PenaltyWeights.EQUAL, logits)[rotate];

      assertThat(byProbability).isZero();
      assertThat(equal).isLessThan(-0.01);
    }
  }

  /** At the start both are the same mean. */
  @Test
  void with_equal_probabilities_both_kinds_of_weights_agree() {
    try (TensorScope scope = TensorScope.open()) {
      double[] logits = new double[SET.size()];
      assertThat(gradient(PenaltyWeights.PROBABILITY, logits))
          .containsExactly(gradient(PenaltyWeights.EQUAL, logits), within(1e-7));
    }
  }

  private static double[] gradient(PenaltyWeights weights, double[] logits) {
    LearnablePolicy start =
        IndependentPolicy.initial(
            SET, PolicyOptions.learned(2).toBuilder().penaltyWeights(weights).build());
    NamedTensors leaves =
        start
            .parameters()
            .with(NamedTensors.of(LearnablePolicy.LOGITS, Tensors.of(logits, logits.length)))
            .asLeaves();
    Tensor penalty = start.withParameters(leaves).penalty().orElseThrow();
    return Tensors.toDoubles(Tensors.gradients(penalty, leaves).get(LearnablePolicy.MAGNITUDES));
  }

  /** Away from the start, where all is alike. */
  private static LearnablePolicy started(String kind, PolicyOptions options) {
    RandomStream random = RandomStream.seeded(3);
    LearnablePolicy start =
        (LearnablePolicy) Policies.named(kind).create(PolicySettings.of(SET, options, 10));
    return start.withParameters(
        start
            .parameters()
            .map(
                (name, tensor) ->
                    Tensors.of(
                        random
                            .doubles(
                                tensor.numel(),
                                name.equals(LearnablePolicy.LOGITS) ? -2 : 0.2,
                                name.equals(LearnablePolicy.LOGITS) ? 2 : 0.8)
                            .toArray(),
                        tensor.shape())));
  }

  private static LearnablePolicy shifted(LearnablePolicy policy, int index, double by) {
    Tensor magnitudes = policy.parameters().get(LearnablePolicy.MAGNITUDES).detach().clone();
    magnitudes.view(-1).select(0, index).add_(new Scalar(by));
    return policy.withParameters(
        policy.parameters().detach().with(NamedTensors.of(LearnablePolicy.MAGNITUDES, magnitudes)));
  }

  /** The formula, written out. */
  private static double expected(LearnablePolicy policy) {
    double sum = 0;
    double weights = 0;
    for (int c = 0; c < policy.options().classes(); c++) {
      double[] probabilities = policy.probabilities(c);
      double[] magnitudes = policy.magnitudes(c);
      for (int t = 0; t < SET.size(); t++) {
        if (SET.learnable(t)) {
          sum += probabilities[t] * Math.pow(magnitudes[t] - 1, 2);
          weights += probabilities[t];
        }
      }
    }
    return sum / weights;
  }
}
