package io.github.smartaug.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelsTest {
  private static final ImageShape INPUT = new ImageShape(3, 32, 32);

  private static final long FEW_PARAMETERS = 6_000_000;

  /** All with {@code -Dsmartaug.zoo=all}; else those whose parameters are drawn in no time. */
  static List<String> names() {
    boolean all = "all".equals(System.getProperty("smartaug.zoo"));
    return Models.names().stream().filter(name -> all || isSmall(name)).toList();
  }

  private static boolean isSmall(String name) {
    try (TensorScope scope = TensorScope.open()) {
      ModelSize size = Models.create(name, INPUT, 7).size().orElseThrow();
      return size.parameters() < FEW_PARAMETERS;
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void every_model_gives_one_row_of_logits_per_image_in_both_modes(String name) {
    try (TensorScope scope = TensorScope.open()) {
      Model model = Models.create(name, INPUT, 7);
      NamedTensors parameters = model.initialParameters(RandomStream.seeded(1));
      Tensor images = Passes.normalFloats(2, 2, 3, 32, 32);
      for (Mode mode : List.of(Passes.training(), Mode.evaluation())) {
        Model.Output output = model.forward(images, parameters, model.initialBuffers(), mode);
        assertThat(output.logits().shape()).containsExactly(2, 7);
        assertThat(output.logits().isfinite().all().item_bool()).isTrue();
        assertThat(output.buffers().names()).isEqualTo(model.initialBuffers().names());
      }
      assertThat(model.input()).isEqualTo(INPUT);
      assertThat(model.classes()).isEqualTo(7);
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void every_model_draws_the_same_parameters_from_the_same_seed(String name) {
    try (TensorScope scope = TensorScope.open()) {
      Model model = Models.create(name, INPUT, 7);
      NamedTensors first = model.initialParameters(RandomStream.seeded(1));
      NamedTensors again = model.initialParameters(RandomStream.seeded(1));
      NamedTensors other = model.initialParameters(RandomStream.seeded(2));
      first.asMap().forEach((key, tensor) -> assertThat(tensor.equal(again.get(key))).isTrue());
      assertThat(first.names()).anyMatch(key -> !first.get(key).equal(other.get(key)));
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void every_model_passes_gradients_to_all_parameters_and_to_the_images(String name) {
    try (TensorScope scope = TensorScope.open()) {
      Model model = Models.create(name, INPUT, 7);
      // Moved, because a layer whose weights are zeros at first passes nothing on.
      NamedTensors leaves =
          model
              .initialParameters(RandomStream.seeded(1))
              .map((Tensor t) -> t.add(new Scalar(0.01)))
              .with(NamedTensors.of("images", Passes.normalFloats(2, 6, 3, 32, 32)))
              .asLeaves();
      Tensor logits =
          model
              .forward(leaves.get("images"), leaves, model.initialBuffers(), Passes.training())
              .logits();
      Tensor loss = logits.mul(Passes.normalFloats(3, 6, 7)).sum();
      Tensors.gradients(loss, leaves)
          .asMap()
          .forEach(
              (key, gradient) ->
                  assertThat(Tensors.item(gradient.abs().sum())).as(key).isPositive());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "lenet, 1, 28, 28",
    "lenet, 3, 64, 64",
    "mlp, 1, 28, 28",
    "mlp, 3, 8, 5",
    "resnet18, 1, 28, 28",
    "resnet18-3x3, 3, 8, 8",
    "mobilenet-v2, 1, 8, 8",
    "efficientnet-b0, 1, 9, 8",
    "wrn-16-4, 1, 8, 10",
    "densenet121, 3, 29, 32",
    "convnext-tiny, 1, 32, 40",
    "vit-s-16, 1, 16, 48"
  })
  void models_take_the_shapes_that_they_promise(String name, int channels, int height, int width) {
    try (TensorScope scope = TensorScope.open()) {
      Model model = Models.create(name, new ImageShape(channels, height, width), 10);
      Tensor logits =
          model
              .forward(
                  Passes.normalFloats(1, 2, channels, height, width),
                  model.initialParameters(RandomStream.seeded(1)),
                  model.initialBuffers(),
                  Mode.evaluation())
              .logits();
      assertThat(logits.shape()).containsExactly(2, 10);
    }
  }

  @Test
  void unknown_name_is_refused_with_the_known_ones() {
    assertThatThrownBy(() -> Models.create("vgg", INPUT, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("model: \"vgg\", allowed: lenet, mlp, resnet18, resnet34");
  }

  @ParameterizedTest
  @CsvSource({"3,16,16", "3,32,65", "2,32,32", "3,27,32"})
  void lenet_refuses_other_shapes(int channels, int height, int width) {
    ImageShape shape = new ImageShape(channels, height, width);
    assertThatThrownBy(() -> Models.create("lenet", shape, 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("lenet: images of " + shape + ", allowed: 1 or 3 channels, 28 to 64 pixels");
  }

  @ParameterizedTest
  @CsvSource({
    "resnet18, 7, at least 8 pixels",
    "wrn-28-10, 7, at least 8 pixels",
    "vgg11-bn, 31, at least 32 pixels",
    "densenet201, 28, at least 29 pixels",
    "mobilenet-v2, 7, at least 8 pixels",
    "efficientnet-b7, 7, at least 8 pixels",
    "convnext-tiny, 31, at least 32 pixels",
    "vit-b-16, 40, multiples of 16 pixels"
  })
  void models_refuse_images_that_are_too_small(String name, int width, String allowed) {
    assertThatThrownBy(() -> Models.create(name, new ImageShape(3, 64, width), 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("%s: images of 3x64x%d, allowed: %s", name, width, allowed);
  }

  /** Published by torchvision in units of 1e9, rounded to three digits. */
  @ParameterizedTest
  @CsvSource({
    "resnet18, 1.814",
    "resnet50, 4.089",
    "resnext50-32x4d, 4.230",
    "vgg16, 15.470",
    "densenet121, 2.834",
    "efficientnet-b0, 0.386",
    "mobilenet-v2, 0.301",
    "convnext-tiny, 4.456",
    "vit-b-16, 17.564"
  })
  void multiply_adds_are_those_that_torchvision_publishes(String name, double billions) {
    try (TensorScope scope = TensorScope.open()) {
      Model model = Models.create(name, new ImageShape(3, 224, 224), 1000);
      assertThat(model.size().orElseThrow().multiplyAdds() / 1e9)
          .isCloseTo(billions, within(0.0006));
    }
  }

  @Test
  void the_size_of_a_model_counts_the_parameters_that_it_draws() {
    try (TensorScope scope = TensorScope.open()) {
      Model model = Models.create("efficientnet-b0", INPUT, 7);
      assertThat(model.size().orElseThrow().parameters())
          .isEqualTo(model.initialParameters(RandomStream.seeded(1)).elementCount());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void number_of_classes_must_be_positive(int classes) {
    assertThatThrownBy(() -> Models.create("mlp", INPUT, classes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("classes is " + classes + ", allowed: at least 1");
  }
}
