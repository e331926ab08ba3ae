package io.github.smartaug.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TensorsTest {
  private TensorScope scope;

  @BeforeEach
  void openScope() {
    scope = TensorScope.open();
  }

  @AfterEach
  void closeScope() {
    scope.close();
  }

  private static Tensor leaf(double... values) {
    return Tensors.of(values, values.length).requires_grad_(true);
  }

  private static NamedTensors named(Tensor first, Tensor second) {
    Map<String, Tensor> map = new LinkedHashMap<>();
    map.put("first", first);
    map.put("second", second);
    return NamedTensors.of(map);
  }

  @Test
  void arrays_become_tensors_of_their_type_and_come_back() {
    Tensor floats = Tensors.of(new float[] {1, 2, 3, 4}, 2, 2);
    Tensor doubles = Tensors.of(new double[] {1.5, 2.5}, 2);
    Tensor longs = Tensors.of(new long[] {1L << 40, -1}, 1, 2);
    Tensor indices = Tensors.indices(new int[] {3, 1});

    assertThat(floats.scalar_type().intern()).isEqualTo(ScalarType.Float);
    assertThat(doubles.scalar_type().intern()).isEqualTo(ScalarType.Double);
    assertThat(indices.scalar_type().intern()).isEqualTo(ScalarType.Long);
    assertThat(floats.shape()).containsExactly(2, 2);
    assertThat(Tensors.toFloats(floats)).containsExactly(1, 2, 3, 4);
    assertThat(Tensors.toDoubles(doubles)).containsExactly(1.5, 2.5);
    assertThat(Tensors.toLongs(longs)).containsExactly(1L << 40, -1);
    assertThat(Tensors.toLongs(indices)).containsExactly(3, 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2,2 | [2, 2]",
        "4 | [4]",
        "0 | [0]",
        "-1,-3 | [-1, -3]",
        "9223372036854775807,9223372036854775807,3 |"
            + " [9223372036854775807, 9223372036854775807, 3]",
        "4294967296,4294967296 | [4294967296, 4294967296]"
      })
  void numbers_that_do_not_fill_the_shape_are_refused(String sizes, String shown) {
    long[] shape = Arrays.stream(sizes.split(",")).mapToLong(Long::parseLong).toArray();
    String message =
        "shape: " + shown + ", allowed for 3 values: sizes of at least 0 whose product is 3";

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tensors.of(new float[3], shape))
        .withMessage(message);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tensors.of(new double[3], shape))
        .withMessage(message);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tensors.of(new long[3], shape))
        .withMessage(message);
  }

  @Test
  void a_size_of_zero_makes_an_empty_tensor_whatever_the_others_are() {
    assertThat(Tensors.of(new float[0], 0, Long.MAX_VALUE).shape())
        .containsExactly(0, Long.MAX_VALUE);
  }

  @Test
  void values_are_read_row_by_row_whatever_the_layout_and_type() {
    Tensor transposed = Tensors.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3).t();

    assertThat(Tensors.toDoubles(transposed)).containsExactly(1, 4, 2, 5, 3, 6);
    assertThat(Tensors.toLongs(transposed)).containsExactly(1, 4, 2, 5, 3, 6);
    assertThat(Tensors.toFloats(leaf(1, 2))).containsExactly(1, 2);
  }

  @Test
  void an_empty_tensor_has_no_values() {
    assertThat(Tensors.toDoubles(Tensors.of(new double[0], 0))).isEmpty();
    assertThat(Tensors.toFloats(Tensors.of(new float[0], 0, 3))).isEmpty();
    assertThat(Tensors.toLongs(Tensors.of(new long[0], 0))).isEmpty();
  }

  @Test
  void filled_tensors_are_of_the_type_of_their_model() {
    Tensor like = Tensors.of(new double[1], 1);

    assertThat(Tensors.toDoubles(Tensors.full(0.1, like, 2))).containsExactly(0.1, 0.1);
    assertThat(Tensors.scalar(0.1, like).dim()).isZero();
    assertThat(Tensors.item(Tensors.scalar(0.1, like))).isEqualTo(0.1);
    assertThat(Tensors.item(Tensors.scalar(3, Tensors.indices(new int[1])))).isEqualTo(3);
  }

  @Test
  void gradients_come_under_the_names_of_their_inputs() {
    Tensor x = leaf(2, 3);
    Tensor y = leaf(5, 7);

    NamedTensors gradients = Tensors.gradients(x.mul(x).mul(y).sum(), named(x, y));

    assertThat(Tensors.toDoubles(gradients.get("first"))).containsExactly(20, 42);
    assertThat(Tensors.toDoubles(gradients.get("second"))).containsExactly(4, 9);
    assertThat(gradients.get("first").requires_grad()).isFalse();
  }

  @Test
  void an_input_that_does_not_matter_has_a_gradient_of_zeros() {
    Tensor x = leaf(2);
    Tensor unused = leaf(1, 1, 1);

    NamedTensors gradients = Tensors.gradients(x.mul(x).sum(), named(x, unused));

    assertThat(Tensors.toDoubles(gradients.get("first"))).containsExactly(4);
    assertThat(Tensors.toDoubles(gradients.get("second"))).containsExactly(0, 0, 0);
  }

  @Test
  void gradients_free_the_graph() {
    Tensor x = leaf(2);
    Tensor y = x.mul(x).sum();
    Tensors.gradients(y, NamedTensors.of("x", x));

    assertThatThrownBy(() -> Tensors.gradients(y, NamedTensors.of("x", x)))
        .hasMessageContaining("backward through the graph a second time");
  }

  @Test
  void differentiable_gradients_can_be_differentiated_again_and_again() {
    Tensor x = leaf(2, 3);
    NamedTensors input = NamedTensors.of("x", x);

    Tensor first = Tensors.differentiableGradients(x.pow(new Scalar(4)).sum(), input).get("x");
    Tensor second = Tensors.differentiableGradients(first.sum(), input).get("x");
    Tensor third = Tensors.gradients(second.sum(), input).get("x");

    assertThat(Tensors.toDoubles(first)).containsExactly(32, 108);
    assertThat(Tensors.toDoubles(second)).containsExactly(48, 108);
    assertThat(Tensors.toDoubles(third)).containsExactly(48, 72);
  }

  @Test
  void a_vector_jacobian_product_weights_every_output_by_its_cotangent() {
    Tensor x = leaf(2, 3);
    Tensor unused = leaf(1);
    Tensor square = x.mul(x);
    Tensor sum = x.sum();

    List<Tensor> product =
        Tensors.vectorJacobianProduct(
            List.of(square, sum),
            List.of(x, unused),
            List.of(Tensors.of(new double[] {10, 100}, 2), Tensors.scalar(7, x)));

    assertThat(product).hasSize(2);
    assertThat(Tensors.toDoubles(product.get(0))).containsExactly(2 * 2 * 10 + 7, 2 * 3 * 100 + 7);
    assertThat(Tensors.toDoubles(product.get(1))).containsExactly(0);
  }

  @Test
  void results_live_in_the_scope_of_the_caller() {
    Tensor gradient;
    try (TensorScope inner = TensorScope.open()) {
      Tensor x = leaf(2);
      gradient = Tensors.gradients(x.mul(x).sum(), NamedTensors.of("x", x)).get("x");
      assertThat(Tensors.toDoubles(gradient)).containsExactly(4);
    }

    assertThat(gradient.isNull()).isTrue();
  }

  @Test
  void tensors_are_joined_along_a_dimension() {
    Tensor a = Tensors.of(new float[] {1, 2}, 1, 2);
    Tensor b = Tensors.of(new float[] {3, 4}, 1, 2);

    assertThat(Tensors.shapeText(Tensors.concatenate(List.of(a, b), 0))).isEqualTo("[2, 2]");
    assertThat(Tensors.toFloats(Tensors.concatenate(List.of(a, b), 1))).containsExactly(1, 2, 3, 4);
  }
}
