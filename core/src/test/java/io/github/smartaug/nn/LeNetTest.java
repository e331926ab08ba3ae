package io.github.smartaug.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LeNetTest {
  @Test
  void parameters_are_named_and_shaped_as_in_pytorch() {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors parameters =
          LeNet.create(new ImageShape(3, 32, 32), 10).initialParameters(RandomStream.seeded(1));
      assertThat(parameters)
          .hasToString(
              "NamedTensors[conv1.weight[20, 3, 5, 5], conv1.bias[20],"
                  + " conv2.weight[50, 20, 5, 5], conv2.bias[50],"
                  + " fc1.weight[500, 1250], fc1.bias[500], fc2.weight[10, 500], fc2.bias[10]]");
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 28, 431080", "3, 32, 657080", "3, 64, 4257080"})
  void parameters_are_counted(int channels, int pixels, long expected) {
    try (TensorScope scope = TensorScope.open()) {
      Model model = LeNet.create(new ImageShape(channels, pixels, pixels), 10);
      assertThat(model.initialParameters(RandomStream.seeded(1)).elementCount())
          .isEqualTo(expected);
    }
  }

  @Test
  void all_sizes_from_28_to_64_pixels_fit() {
    for (int pixels = 28; pixels <= 64; pixels++) {
      try (TensorScope scope = TensorScope.open()) {
        Model model = LeNet.create(new ImageShape(1, pixels, 92 - pixels), 10);
        Tensor images = Passes.normalFloats(1, 1, 1, pixels, 92 - pixels);
        NamedTensors parameters = model.initialParameters(RandomStream.seeded(1));
        Model.Output output =
            model.forward(images, parameters, NamedTensors.empty(), Mode.evaluation());
        assertThat(output.logits().shape()).containsExactly(1, 10);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void channels_last_gives_the_same_logits(int channels) {
    try (TensorScope scope = TensorScope.open()) {
      ImageShape input = new ImageShape(channels, 28, 28);
      Model model = LeNet.create(input, 10, MemoryFormat.CONTIGUOUS);
      NamedTensors parameters = model.initialParameters(RandomStream.seeded(1));
      Tensor images = Passes.normalFloats(1, 4, channels, 28, 28);
      double[] expected = logits(model, images, parameters);
      Model other = LeNet.create(input, 10, MemoryFormat.CHANNELS_LAST);
      assertThat(logits(other, images, parameters)).containsExactly(expected, within(1e-5));
    }
  }

  private static double[] logits(Model model, Tensor images, NamedTensors parameters) {
    return Tensors.toDoubles(
        model.forward(images, parameters, NamedTensors.empty(), Mode.evaluation()).logits());
  }
}
