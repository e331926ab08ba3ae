package io.github.smartaug.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SharedCastsTest {
  private static final Tensor INPUT = Tensors.of(new float[] {1, 2}, 1, 2);

  private TensorScope scope;
  private Tensor weight;

  @BeforeEach
  void begin() {
    scope = TensorScope.open();
    weight = Tensors.of(new float[] {3, 4}, 1, 2).requires_grad_(true);
  }

  @AfterEach
  void end() {
    scope.close();
  }

  /** The product of input and weight, 11 at first. */
  private Tensor product() {
    try (Autocast autocast = Autocast.to(ScalarType.BFloat16, INPUT)) {
      return torch.linear(INPUT, weight);
    }
  }

  private void overwriteWeight() {
    weight.detach().copy_(Tensors.of(new float[] {5, 6}, 1, 2));
  }

  @Test
  void a_parameter_is_converted_once_until_they_are_closed() {
    try (SharedCasts outer = SharedCasts.open()) {
      try (SharedCasts inner = SharedCasts.open()) {
        assertThat(Tensors.item(product())).isEqualTo(11);
      }
      overwriteWeight();

      assertThat(Tensors.item(product())).isEqualTo(11);
    }

    try (SharedCasts later = SharedCasts.open()) {
      assertThat(Tensors.item(product())).isEqualTo(17);
    }
  }

  @Test
  void without_them_a_parameter_is_converted_each_time() {
    assertThat(Tensors.item(product())).isEqualTo(11);
    overwriteWeight();

    assertThat(Tensors.item(product())).isEqualTo(17);
  }

  @Test
  void what_is_converted_without_a_graph_does_not_cut_a_later_one() {
    try (SharedCasts casts = SharedCasts.open()) {
      try (NoGradGuard off = new NoGradGuard()) {
        product();
      }

      assertThat(Tensors.toDoubles(gradient(product()))).containsExactly(1, 2);
    }
  }

  @Test
  void gradients_of_several_graphs_pass_through_one_conversion() {
    try (SharedCasts casts = SharedCasts.open()) {
      Tensor first = product();
      Tensor second = product().square();

      assertThat(Tensors.toDoubles(gradient(first))).containsExactly(1, 2);
      assertThat(Tensors.toDoubles(gradient(second))).containsExactly(22, 44);
      assertThat(Tensors.toDoubles(gradient(product().add(product())))).containsExactly(2, 4);
    }
  }

  private Tensor gradient(Tensor scalar) {
    return Tensors.gradients(scalar.sum(), NamedTensors.of("weight", weight)).get("weight");
  }

  @Test
  void evaluation_shares_them_too() {
    try (NoGradGuard off = new NoGradGuard();
        SharedCasts casts = SharedCasts.open()) {
      product();
      overwriteWeight();

      assertThat(Tensors.item(product())).isEqualTo(11);
    }
  }
}
