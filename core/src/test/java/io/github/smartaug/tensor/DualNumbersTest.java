package io.github.smartaug.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class DualNumbersTest {
  private static final NamedTensors AT = vector(0.3, -1.2, 2.0);
  private static final NamedTensors DIRECTION = vector(1, 0.5, -0.25);

  private static NamedTensors vector(double... values) {
    return NamedTensors.of("x", Tensors.of(values, values.length));
  }

  @Test
  void the_derivative_of_a_sum_of_squares_is_twice_the_product_with_the_direction() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor derivative =
          DualNumbers.derivativeAlong(DIRECTION, AT, x -> x.get("x").square().sum());

      assertThat(Tensors.item(derivative)).isCloseTo(2 * (0.3 - 0.6 - 0.5), within(1e-12));
    }
  }

  @Test
  void the_derivative_can_be_differentiated_with_respect_to_what_the_function_closes_over() {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors factors = vector(2, 3, 4).asLeaves();

      Tensor derivative =
          DualNumbers.derivativeAlong(
              DIRECTION, AT, x -> x.get("x").square().mul(factors.get("x")).sum());

      double[] gradient = Tensors.toDoubles(Tensors.gradients(derivative, factors).get("x"));
      assertThat(gradient).containsExactly(new double[] {0.6, -1.2, -1}, within(1e-12));
    }
  }

  @Test
  void the_log_softmax_of_this_library_can_be_differentiated_so() {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors factors = vector(2, 3, 4).asLeaves();

      Tensor derivative =
          DualNumbers.derivativeAlong(
              DIRECTION,
              AT,
              x -> Tensors.logSoftmax(x.get("x").mul(factors.get("x")), 0).select(0, 1));

      assertThat(List.of(Tensors.gradients(derivative, factors).get("x").shape()[0]))
          .containsExactly(3L);
    }
  }

  @Test
  void a_function_that_ignores_its_arguments_has_an_undefined_derivative() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor constant = Tensors.of(new double[] {1}, 1);

      assertThat(DualNumbers.derivativeAlong(DIRECTION, AT, x -> constant).defined()).isFalse();
    }
  }

  @Test
  void the_level_is_left_when_the_function_fails_and_the_process_can_end() throws Exception {
    ChildJvm.Result result = ChildJvm.run(FailingFunction.class, Map.of());

    assertThat(result.output()).contains("derivative after the failure: 2.0");
    assertThat(result.exitCode()).isZero();
  }

  /** Fails inside a dual level, uses dual numbers again, and ends without an explicit exit. */
  static final class FailingFunction {
    private FailingFunction() {}

    public static void main(String[] arguments) {
      try (TensorScope scope = TensorScope.open()) {
        NamedTensors one = vector(1);
        assertThatThrownBy(
                () ->
                    DualNumbers.derivativeAlong(
                        one, one, x -> x.get("x").matmul(Tensors.of(new double[3], 3))))
            .isInstanceOf(RuntimeException.class);
        Tensor derivative = DualNumbers.derivativeAlong(one, one, x -> x.get("x").square().sum());
        System.out.println("derivative after the failure: " + Tensors.item(derivative));
      }
    }
  }
}
