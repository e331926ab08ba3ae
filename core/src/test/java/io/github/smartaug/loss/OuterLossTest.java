package io.github.smartaug.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class OuterLossTest {
  private static final int IMAGES = 40;

  @Test
  void the_calibrated_loss_does_not_depend_on_how_sure_predictions_are() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor logits = logits();
      double loss = Tensors.item(OuterLoss.CALIBRATED.of(logits, labels()));
      for (double factor : new double[] {0.4, 3}) {
        Tensor scaled = logits.mul(new Scalar(factor));
        assertThat(Tensors.item(OuterLoss.CALIBRATED.of(scaled, labels())))
            .isCloseTo(loss, within(1e-9));
        assertThat(Tensors.item(OuterLoss.CROSS_ENTROPY.of(scaled, labels())))
            .isGreaterThan(loss + 1e-3);
      }
    }
  }

  @Test
  void its_factor_makes_the_cross_entropy_smallest_and_its_gradient_is_blind_to_scale() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor logits = logits().requires_grad_(true);
      double factor = OuterLoss.calibration(logits.detach(), labels());
      assertThat(factor).isBetween(0.1, 10.0);
      double least = at(logits, factor);
      assertThat(at(logits, factor * 1.01)).isGreaterThan(least);
      assertThat(at(logits, factor * 0.99)).isGreaterThan(least);
      Tensor loss = OuterLoss.CALIBRATED.of(logits, labels());
      Tensor gradient = Tensors.gradients(loss, List.of(logits)).get(0);
      assertThat(Tensors.item(gradient.mul(logits.detach()).sum())).isCloseTo(0, within(1e-6));
    }
  }

  @Test
  void a_batch_without_a_mistake_has_a_finite_factor() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor right = Tensors.of(new double[] {1, 0, 0, 1}, 2, 2);
      Tensor labels = Tensors.of(new long[] {0, 1}, 2);
      assertThat(OuterLoss.calibration(right, labels)).isCloseTo(20, within(1e-3));
      assertThat(Tensors.item(OuterLoss.CALIBRATED.of(right, labels))).isBetween(0.0, 1e-6);
    }
  }

  private static double at(Tensor logits, double factor) {
    return Tensors.item(CrossEntropy.mean(logits.detach().mul(new Scalar(factor)), labels()));
  }

  /** Right more often than not. */
  private static Tensor logits() {
    double[] values = RandomStream.seeded(3).doubles(IMAGES * 4, -2, 2).toArray();
    for (int i = 0; i < IMAGES; i++) {
      values[4 * i + i % 4] += 1;
    }
    return Tensors.of(values, IMAGES, 4);
  }

  private static Tensor labels() {
    long[] labels = new long[IMAGES];
    Arrays.setAll(labels, i -> i % 4);
    return Tensors.of(labels, IMAGES);
  }
}
