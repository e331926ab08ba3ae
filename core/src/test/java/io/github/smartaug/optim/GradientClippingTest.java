package io.github.smartaug.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class GradientClippingTest {
  @Test
  void large_gradients_are_scaled_to_the_maximum_norm_of_all_together() {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors gradients = gradients(3, 4);

      GradientClipping.Clipped clipped = new GradientClipping(1).clip(gradients);

      assertThat(Tensors.item(clipped.norm())).isCloseTo(5, within(1e-12));
      assertThat(Tensors.item(clipped.gradients().get("a"))).isCloseTo(0.6, within(1e-6));
      assertThat(Tensors.item(clipped.gradients().get("b"))).isCloseTo(0.8, within(1e-6));
    }
  }

  @Test
  void small_gradients_stay_as_they_are() {
    try (TensorScope scope = TensorScope.open()) {
      GradientClipping.Clipped clipped = new GradientClipping(10).clip(gradients(3, 4));

      assertThat(Tensors.item(clipped.gradients().get("a"))).isEqualTo(3);
      assertThat(Tensors.item(clipped.gradients().get("b"))).isEqualTo(4);
    }
  }

  @Test
  void gradients_that_are_all_zero_stay_zero_and_have_no_nan_derivative() {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors zeros = gradients(0, 0).asLeaves();

      Tensor sum = new GradientClipping(1).clip(zeros).gradients().get("a").sum();

      assertThat(Tensors.item(sum)).isZero();
      assertThat(Tensors.toDoubles(Tensors.gradients(sum, zeros).get("a")))
          .doesNotContain(Double.NaN);
    }
  }

  @Test
  void the_exact_clip_is_blind_to_the_length_of_the_gradient_but_the_constant_one_is_not() {
    try (TensorScope scope = TensorScope.open()) {
      double exact = derivativeAlongGradient(GradientClipping.Coefficient.DIFFERENTIATED);
      double constant = derivativeAlongGradient(GradientClipping.Coefficient.CONSTANT);

      assertThat(exact).isCloseTo(0, within(1e-6));
      assertThat(constant).isCloseTo(1, within(1e-6));
    }
  }

  /** How the clipped norm changes when the gradient gets longer, relative to its length. */
  private static double derivativeAlongGradient(GradientClipping.Coefficient coefficient) {
    NamedTensors leaves = gradients(3, 4).asLeaves();
    NamedTensors clipped = new GradientClipping(1, coefficient).clip(leaves).gradients();
    NamedTensors derivative = Tensors.gradients(GradientClipping.globalNorm(clipped), leaves);
    return 3 * Tensors.item(derivative.get("a")) + 4 * Tensors.item(derivative.get("b"));
  }

  @Test
  void a_maximum_norm_of_zero_is_refused() {
    assertThatThrownBy(() -> new GradientClipping(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maximum norm: 0.0, allowed: above 0");
  }

  private static NamedTensors gradients(double a, double b) {
    return NamedTensors.of("a", Tensors.of(new double[] {a}, 1))
        .with(NamedTensors.of("b", Tensors.of(new double[] {b}, 1)));
  }
}
