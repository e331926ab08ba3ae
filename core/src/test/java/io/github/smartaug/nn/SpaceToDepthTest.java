package io.github.smartaug.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpaceToDepthTest {
  private static final long[] ONE = {1, 1};

  @ParameterizedTest
  @CsvSource({"5, 1, 0, 12", "3, 1, 1, 8", "3, 1, 0, 8", "7, 2, 3, 12", "3, 2, 1, 8", "2, 2, 0, 8"})
  void values_and_gradients_are_those_of_the_convolution(
      int size, int stride, int padding, int pixels) {
    try (TensorScope scope = TensorScope.open()) {
      Window window = new Window(size, stride, padding);
      Tensor input = MemoryFormat.CHANNELS_LAST.arrange(Passes.normal(1, 2, 3, pixels, pixels + 2));
      NamedTensors leaves =
          NamedTensors.of("input", input)
              .with(NamedTensors.of("weight", Passes.normal(2, 4, 3, size, size)))
              .asLeaves();
      assertThat(SpaceToDepth.suits(leaves.get("input"), window)).isTrue();

      Tensor actual = new SpaceToDepth(window).convolve(leaves.get("input"), leaves.get("weight"));

      Tensor expected =
          torch.conv2d(
              leaves.get("input"),
              leaves.get("weight"),
              new TensorOptional(),
              window.strides(),
              window.paddings(),
              ONE,
              1);
      assertThat(actual.shape()).containsExactly(expected.shape());
      assertThat(MemoryFormat.CHANNELS_LAST.isOrderOf(actual)).isTrue();
      assertClose(actual, expected);
      Tensor factors = Passes.normal(3, expected.shape());
      NamedTensors actualGradients = Tensors.gradients(actual.mul(factors).sum(), leaves);
      NamedTensors expectedGradients = Tensors.gradients(expected.mul(factors).sum(), leaves);
      assertClose(actualGradients.get("input"), expectedGradients.get("input"));
      assertClose(actualGradients.get("weight"), expectedGradients.get("weight"));
    }
  }

  @Test
  void it_is_for_differentiated_images_of_few_channels_only() {
    try (TensorScope scope = TensorScope.open()) {
      Window window = Window.of(5);
      Tensor images = MemoryFormat.CHANNELS_LAST.arrange(Passes.normal(1, 2, 3, 12, 12));
      Tensor features = MemoryFormat.CHANNELS_LAST.arrange(Passes.normal(1, 2, 8, 12, 12));

      assertThat(SpaceToDepth.suits(images.requires_grad_(true), window)).isTrue();
      assertThat(SpaceToDepth.suits(images.detach(), window)).isFalse();
      assertThat(SpaceToDepth.suits(features.requires_grad_(true), window)).isFalse();
      assertThat(SpaceToDepth.suits(Passes.normal(1, 2, 3, 12, 12).requires_grad_(true), window))
          .isFalse();
    }
  }

  private static void assertClose(Tensor actual, Tensor expected) {
    assertThat(Tensors.toDoubles(actual))
        .containsExactly(Tensors.toDoubles(expected), within(1e-10));
  }
}
