package io.github.smartaug.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** Layers on inputs small enough to work out by hand. */
class LayerValuesTest {
  @Test
  void convolution_correlates_with_zero_padding_and_adds_the_bias() {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors parameters =
          NamedTensors.of("c.weight", Tensors.of(new double[] {1, 2, 3, 4}, 1, 1, 2, 2))
              .with(NamedTensors.of("c.bias", Tensors.of(new double[] {10}, 1)));
      Layer layer = new Conv2d("c", 1, 1, Window.of(2).withPadding(1).withStride(2));
      assertThat(apply(layer, parameters, 1, 2, 3, 4)).containsExactly(14, 16, 16, 14);
    }
  }

  @Test
  void linear_multiplies_by_rows_of_the_weight_and_adds_the_bias() {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors parameters =
          NamedTensors.of("l.weight", Tensors.of(new double[] {1, 2, 3, 4, 5, 6}, 2, 3))
              .with(NamedTensors.of("l.bias", Tensors.of(new double[] {0.5, -0.5}, 2)));
      Tensor input = Tensors.of(new double[] {1, 0, -1}, 1, 3);
      Tensor output = new Linear("l", 3, 2).forward(input, evaluation(parameters));
      assertThat(Tensors.toDoubles(output)).containsExactly(-1.5, -2.5);
    }
  }

  @Test
  void relu_cuts_negative_values() {
    try (TensorScope scope = TensorScope.open()) {
      assertThat(apply(new ReLU(), NamedTensors.empty(), -1, 0, 2, -3)).containsExactly(0, 0, 2, 0);
    }
  }

  @Test
  void max_pool_ignores_its_padding() {
    try (TensorScope scope = TensorScope.open()) {
      Layer layer = new MaxPool2d(Window.of(2).withPadding(1).withStride(2));
      assertThat(apply(layer, NamedTensors.empty(), -1, -2, -3, -4))
          .containsExactly(-1, -2, -3, -4);
      assertThat(apply(new MaxPool2d(2), NamedTensors.empty(), -1, -2, -3, -4)).containsExactly(-1);
    }
  }

  @Test
  void average_pool_counts_its_padding_as_zeros() {
    try (TensorScope scope = TensorScope.open()) {
      Layer layer = new AvgPool2d(Window.of(2).withPadding(1).withStride(2));
      assertThat(apply(layer, NamedTensors.empty(), 4, 8, 12, 16)).containsExactly(1, 2, 3, 4);
      assertThat(apply(new AvgPool2d(2), NamedTensors.empty(), 4, 8, 12, 16)).containsExactly(10);
    }
  }

  @Test
  void adaptive_average_pool_divides_the_image_into_windows() {
    try (TensorScope scope = TensorScope.open()) {
      assertThat(apply(new AdaptiveAvgPool2d(1, 2), NamedTensors.empty(), 4, 8, 12, 16))
          .containsExactly(8, 12);
      assertThat(apply(AdaptiveAvgPool2d.global(), NamedTensors.empty(), 4, 8, 12, 16))
          .containsExactly(10);
    }
  }

  @Test
  void flatten_orders_by_channel_row_column_whatever_the_memory_format() {
    try (TensorScope scope = TensorScope.open()) {
      double[] values = {1, 2, 3, 4, 5, 6, 7, 8};
      for (MemoryFormat format : MemoryFormat.values()) {
        Tensor images = format.arrange(Tensors.of(values, 1, 2, 2, 2));
        Tensor features = new Flatten().forward(images, evaluation(NamedTensors.empty()));
        assertThat(features.shape()).containsExactly(1, 8);
        assertThat(Tensors.toDoubles(features)).containsExactly(values);
      }
    }
  }

  @Test
  void residual_adds_main_path_and_shortcut() {
    try (TensorScope scope = TensorScope.open()) {
      Layer layer = new Residual(new ReLU(), Sequential.of());
      assertThat(apply(layer, NamedTensors.empty(), -1, 0, 2, -3)).containsExactly(-1, 0, 4, -3);
    }
  }

  @Test
  void sequence_applies_its_layers_in_order() {
    try (TensorScope scope = TensorScope.open()) {
      Layer negation = (input, pass) -> input.neg();
      assertThat(apply(Sequential.of(new ReLU(), negation), NamedTensors.empty(), -1, 0, 2, -3))
          .containsExactly(new double[] {0, 0, -2, 0}, within(0.0));
      assertThat(apply(Sequential.of(negation, new ReLU()), NamedTensors.empty(), -1, 0, 2, -3))
          .containsExactly(new double[] {1, 0, 0, 3}, within(0.0));
    }
  }

  @Test
  void missing_parameter_is_named() {
    try (TensorScope scope = TensorScope.open()) {
      assertThatThrownBy(() -> apply(new Linear("fc1", 4, 2), NamedTensors.empty(), 1, 2, 3, 4))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("\"fc1.bias\"");
    }
  }

  @Test
  void impossible_windows_are_refused() {
    assertThatThrownBy(() -> Window.of(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("size 0");
    assertThatThrownBy(() -> Window.of(3).withStride(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("stride 0");
  }

  /** The layer on one image of 2x2 pixels. */
  private static double[] apply(Layer layer, NamedTensors parameters, double... pixels) {
    Tensor image = Tensors.of(pixels, 1, 1, 2, 2);
    return Tensors.toDoubles(layer.forward(image, evaluation(parameters)));
  }

  private static ForwardPass evaluation(NamedTensors parameters) {
    return ForwardPass.begin(parameters, NamedTensors.empty(), Mode.evaluation());
  }
}
