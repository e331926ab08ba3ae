package io.github.smartaug.nn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.nn.ResNet18.Stem;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class ResNet18Test {
  private static final ImageShape SMALL = new ImageShape(3, 32, 32);
  private static final ImageShape LARGE = new ImageShape(3, 224, 224);

  @Test
  void parameters_are_those_of_torchvision() throws IOException {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors parameters =
          ResNet18.create(LARGE, 1000, Stem.LARGE_IMAGES).initialParameters(RandomStream.seeded(1));
      List<String> described = new ArrayList<>();
      parameters
          .asMap()
          .forEach((name, tensor) -> described.add(name + " " + Tensors.shapeText(tensor)));
      assertThat(described).isEqualTo(torchvisionParameters());
      assertThat(parameters.elementCount()).isEqualTo(11_689_512);
    }
  }

  @Test
  void buffers_are_those_of_torchvision() throws IOException {
    try (TensorScope scope = TensorScope.open()) {
      List<String> expected = new ArrayList<>();
      for (String line : torchvisionParameters()) {
        // Of all one-dimensional weights and biases, only the last bias is no normalisation's.
        if (line.matches(".*\\.bias \\[\\d+]") && !line.startsWith("fc.")) {
          String layer = line.substring(0, line.indexOf(".bias"));
          expected.add(layer + ".running_mean");
          expected.add(layer + ".running_var");
          expected.add(layer + ".num_batches_tracked");
        }
      }
      assertThat(ResNet18.create(LARGE, 1000, Stem.LARGE_IMAGES).initialBuffers().names())
          .containsExactlyElementsOf(expected)
          .hasSize(60);
    }
  }

  @Test
  void the_stem_for_small_images_is_a_3x3_convolution() {
    try (TensorScope scope = TensorScope.open()) {
      assertThat(firstWeight("resnet18")).containsExactly(64, 3, 7, 7);
      assertThat(firstWeight("resnet18-3x3")).containsExactly(64, 3, 3, 3);
    }
  }

  @Test
  void large_images_give_logits_in_training() {
    try (TensorScope scope = TensorScope.open()) {
      Model model = ResNet18.create(new ImageShape(3, 65, 65), 10, Stem.LARGE_IMAGES);
      Tensor images = Passes.normalFloats(1, 2, 3, 65, 65);
      NamedTensors parameters = model.initialParameters(RandomStream.seeded(1));
      Model.Output output =
          model.forward(images, parameters, model.initialBuffers(), Passes.training());
      assertThat(output.logits().shape()).containsExactly(2, 10);
    }
  }

  @Test
  void convolutions_are_drawn_by_the_fan_out_and_normalisations_start_at_the_identity() {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors parameters =
          ResNet18.create(SMALL, 10, Stem.LARGE_IMAGES).initialParameters(RandomStream.seeded(1));
      Tensor weight = parameters.get("layer2.0.downsample.0.weight");
      assertThat(Tensors.item(weight.std()) / Math.sqrt(2.0 / 128)).isCloseTo(1, within(0.05));
      assertThat(Tensors.toDoubles(parameters.get("layer2.0.bn2.weight"))).containsOnly(1);
      assertThat(Tensors.toDoubles(parameters.get("layer2.0.bn2.bias"))).containsOnly(0);
    }
  }

  @Test
  void channels_last_gives_the_same_logits_and_buffers() {
    try (TensorScope scope = TensorScope.open()) {
      Model model = ResNet18.create(SMALL, 10, Stem.SMALL_IMAGES, formats(MemoryFormat.CONTIGUOUS));
      Model other =
          ResNet18.create(SMALL, 10, Stem.SMALL_IMAGES, formats(MemoryFormat.CHANNELS_LAST));
      NamedTensors parameters = model.initialParameters(RandomStream.seeded(1));
      Tensor images = Passes.normalFloats(1, 8, 3, 32, 32);
      Model.Output expected =
          model.forward(images, parameters, model.initialBuffers(), Passes.training());
      Model.Output output =
          other.forward(images, parameters, model.initialBuffers(), Passes.training());
      assertThat(Tensors.toDoubles(output.logits()))
          .containsExactly(Tensors.toDoubles(expected.logits()), within(1e-5));
      String last = "layer4.1.bn2.running_var";
      assertThat(Tensors.toDoubles(output.buffers().get(last)))
          .containsExactly(Tensors.toDoubles(expected.buffers().get(last)), within(1e-5));
      assertThat(Tensors.toLongs(output.buffers().get("bn1.num_batches_tracked")))
          .containsExactly(1);
    }
  }

  private static LayeredModel.Formats formats(MemoryFormat format) {
    return new LayeredModel.Formats(format, format);
  }

  private static long[] firstWeight(String model) {
    return Models.create(model, SMALL, 10)
        .initialParameters(RandomStream.seeded(1))
        .get("conv1.weight")
        .shape();
  }

  /** One line per parameter of torchvision's {@code resnet18()}: name and shape. */
  private static List<String> torchvisionParameters() throws IOException {
    String file = "torchvision-resnet18-parameters.txt";
    try (InputStream stream = ResNet18Test.class.getResourceAsStream(file)) {
      return new String(stream.readAllBytes(), UTF_8).lines().toList();
    }
  }
}
