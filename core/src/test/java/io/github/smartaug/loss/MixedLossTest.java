package io.github.smartaug.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.augment.LossWeights;
import io.github.smartaug.augment.ProbabilityGradient;
import io.github.smartaug.loss.MixedLoss.CleanBranch;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two images of two classes: all numbers can be had with a pocket calculator. */
class MixedLossTest {
  /** Logits of these probabilities. */
  private static Tensor logits(double... probabilityOfFirst) {
    double[] values = new double[2 * probabilityOfFirst.length];
    for (int i = 0; i < probabilityOfFirst.length; i++) {
      values[2 * i] = Math.log(probabilityOfFirst[i]);
      values[2 * i + 1] = Math.log(1 - probabilityOfFirst[i]);
    }
    return Tensors.of(values, probabilityOfFirst.length, 2);
  }

  private static Tensor labels() {
    return Tensors.of(new long[] {0, 1}, 2);
  }

  private static LossWeights weights(double... values) {
    return new LossWeights(Tensors.of(values, values.length), ProbabilityGradient.LOSS_WEIGHT);
  }

  private static double divergence(double p, double q) {
    return p * Math.log(p / q) + (1 - p) * Math.log((1 - p) / (1 - q));
  }

  @Test
  void it_is_the_clean_loss_and_the_weighted_augmented_and_consistency_losses() {
    try (TensorScope scope = TensorScope.open()) {
      double clean = -(Math.log(0.8) + Math.log(0.4)) / 2;
      double first = -Math.log(0.7) + divergence(0.8, 0.7);
      double second = -Math.log(0.5) + divergence(0.6, 0.5);
      Tensor loss =
          new MixedLoss(3)
              .evaluate(logits(0.8, 0.6), logits(0.7, 0.5), labels(), weights(0.5, 1.5));
      assertThat(Tensors.item(loss))
          .isCloseTo(clean + 3 * (0.5 * first + 1.5 * second) / 2, within(1e-12));
    }
  }

  /** Image i of copy a is at a * B + i. */
  @Test
  void copies_are_averaged() {
    try (TensorScope scope = TensorScope.open()) {
      MixedLoss two = new MixedLoss(1, 2, CleanBranch.LEARNS, LabelLoss.PLAIN);
      MixedLoss one = new MixedLoss(1);
      Tensor clean = logits(0.8, 0.6);
      LossWeights alike = weights(1, 1);
      double ofFirst = Tensors.item(one.evaluate(clean, logits(0.7, 0.5), labels(), alike));
      double ofSecond = Tensors.item(one.evaluate(clean, logits(0.2, 0.9), labels(), alike));
      double ofBoth =
          Tensors.item(
              two.evaluate(clean, logits(0.7, 0.5, 0.2, 0.9), labels(), weights(1, 1, 1, 1)));
      assertThat(ofBoth).isCloseTo((ofFirst + ofSecond) / 2, within(1e-12));
    }
  }

  /** Target of the label {@code 1 - e + e/2}, of the other class {@code e/2}. */
  @ParameterizedTest
  @CsvSource({"0", "0.1", "0.5"})
  void smoothed_labels_share_their_target_with_all_classes(double smoothing) {
    try (TensorScope scope = TensorScope.open()) {
      double right = 1 - smoothing / 2;
      double wrong = smoothing / 2;
      Tensor losses =
          new LabelLoss(smoothing, List.of()).perImage(logits(0.8, 0.6).log_softmax(1), labels());
      assertThat(Tensors.toDoubles(losses))
          .containsExactly(
              new double[] {
                -right * Math.log(0.8) - wrong * Math.log(0.2),
                -right * Math.log(0.4) - wrong * Math.log(0.6)
              },
              within(1e-12));
    }
  }

  @Test
  void a_class_weight_multiplies_all_that_its_images_add() {
    try (TensorScope scope = TensorScope.open()) {
      MixedLoss loss = new MixedLoss(1, 1, CleanBranch.LEARNS, new LabelLoss(0, List.of(2.0, 0.5)));
      double first = -Math.log(0.8) - Math.log(0.7) + divergence(0.8, 0.7);
      double second = -Math.log(0.4) - Math.log(0.5) + divergence(0.6, 0.5);
      Tensor value = loss.evaluate(logits(0.8, 0.6), logits(0.7, 0.5), labels(), weights(1, 1));
      assertThat(Tensors.item(value)).isCloseTo((2 * first + 0.5 * second) / 2, within(1e-12));
    }
  }

  /** As scikit-learn's "balanced": n / (k n_c). */
  @Test
  void balanced_weights_make_every_class_that_occurs_count_alike() {
    assertThat(LabelLoss.balancedWeights(new int[] {6, 3, 0, 3}))
        .containsExactly(12 / 18.0, 12 / 9.0, 1.0, 12 / 9.0);
  }

  /** The gradient of {@code p log(p/q)} with respect to q's logits alone is {@code q - p}. */
  @Test
  void a_stopped_clean_branch_is_a_target_for_the_augmented_one() {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors both =
          NamedTensors.of("clean", logits(0.8, 0.6))
              .with(NamedTensors.of("augmented", logits(0.7, 0.5)))
              .asLeaves();
      MixedLoss stopped = new MixedLoss(1, 1, CleanBranch.STOPPED, LabelLoss.PLAIN);
      Tensor loss =
          stopped.evaluate(both.get("clean"), both.get("augmented"), labels(), weights(1, 1));
      NamedTensors gradients = Tensors.gradients(loss, both);
      // Cross-entropy gives q - target for each branch.
      assertThat(Tensors.toDoubles(gradients.get("clean")))
          .containsExactly(new double[] {-0.1, 0.1, 0.3, -0.3}, within(1e-12));
      assertThat(Tensors.toDoubles(gradients.get("augmented")))
          .containsExactly(
              new double[] {
                (0.7 - 1 + 0.7 - 0.8) / 2,
                (0.3 + 0.3 - 0.2) / 2,
                (0.5 + 0.5 - 0.6) / 2,
                (0.5 - 1 + 0.5 - 0.4) / 2
              },
              within(1e-12));
      double value = Tensors.item(loss);
      double learning =
          Tensors.item(
              new MixedLoss(1)
                  .evaluate(both.get("clean"), both.get("augmented"), labels(), weights(1, 1)));
      assertThat(value).isEqualTo(learning);
    }
  }

  @Test
  void without_the_clean_images_it_is_the_weighted_loss_of_the_augmented() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor loss = new MixedLoss(0).augmentedOnly(logits(0.7, 0.5), labels(), weights(0.5, 1.5));
      assertThat(Tensors.item(loss))
          .isCloseTo(-(0.5 * Math.log(0.7) + 1.5 * Math.log(0.5)) / 2, within(1e-12));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, label smoothing: 1, allowed: at least 0; below 1", "-0.1, label smoothing"})
  void a_smoothing_outside_its_range_is_refused(double smoothing, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LabelLoss(smoothing, List.of()))
        .withMessageContaining(message.replace(';', ','));
  }
}
