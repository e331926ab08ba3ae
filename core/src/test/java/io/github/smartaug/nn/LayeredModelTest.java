package io.github.smartaug.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.TorchRuntime;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayeredModelTest {
  private static final Model LENET = LeNet.create(new ImageShape(3, 32, 32), 10);

  @ParameterizedTest
  @CsvSource({"4;3;28;28", "4;1;32;32", "3;32;32"})
  void images_of_another_shape_are_refused(String shapeText) {
    long[] shape = Arrays.stream(shapeText.split(";")).mapToLong(Long::parseLong).toArray();
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors parameters = LENET.initialParameters(RandomStream.seeded(1));
      Tensor images = Passes.normalFloats(1, shape);
      assertThatThrownBy(
              () -> LENET.forward(images, parameters, NamedTensors.empty(), Mode.evaluation()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "images of shape [%s], allowed: [B, 3, 32, 32]"
                  .formatted(shapeText.replace(";", ", ")));
    }
  }

  @Test
  void output_outlives_the_pass_and_dies_with_the_callers_scope() {
    Model model =
        new LayeredModel(
            new ImageShape(2, 4, 4), 2, MemoryFormat.CHANNELS_LAST, new BatchNorm2d("bn", 2));
    Model.Output output;
    try (TensorScope scope = TensorScope.open()) {
      output =
          model.forward(
              Passes.normalFloats(1, 3, 2, 4, 4),
              model.initialParameters(RandomStream.seeded(1)),
              model.initialBuffers(),
              Passes.training());
      assertThat(output.logits().isNull()).isFalse();
      assertThat(output.buffers().tensors()).noneMatch(tensor -> tensor.isNull());
    }
    assertThat(output.logits().isNull()).isTrue();
    assertThat(output.buffers().tensors()).allMatch(tensor -> tensor.isNull());
  }

  @Test
  void memory_stays_flat_over_200_passes() {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors leaves = LENET.initialParameters(RandomStream.seeded(1)).asLeaves();
      Tensor images = Passes.normalFloats(1, 64, 3, 32, 32);
      passes(20, images, leaves);
      long before = TorchRuntime.residentBytes();
      passes(200, images, leaves);
      // The activations of one pass are 10 MB: a leak of any of them would show.
      assertThat(TorchRuntime.residentBytes() - before).isLessThan(64L << 20);
    }
  }

  private static void passes(int count, Tensor images, NamedTensors parameters) {
    for (int i = 0; i < count; i++) {
      try (TensorScope scope = TensorScope.open()) {
        LENET.forward(images, parameters, NamedTensors.empty(), Passes.training());
      }
    }
  }
}
