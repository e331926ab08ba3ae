package io.github.smartaug.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelsTest {
  private static final ImageShape INPUT = new ImageShape(3, 32, 32);

  static List<String> names() {
    return Models.names();
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
      String last = List.copyOf(first.names()).get(first.size() - 1);
      first.asMap().forEach((key, tensor) -> assertThat(tensor.equal(again.get(key))).isTrue());
      assertThat(first.get(last).equal(other.get(last))).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void every_model_passes_gradients_to_all_parameters_and_to_the_images(String name) {
    try (TensorScope scope = TensorScope.open()) {
      Model model = Models.create(name, INPUT, 7);
      NamedTensors leaves =
          model
              .initialParameters(RandomStream.seeded(1))
              .with(NamedTensors.of("images", Passes.normalFloats(2, 2, 3, 32, 32)))
              .asLeaves();
      Tensor logits =
          model
              .forward(leaves.get("images"), leaves, model.initialBuffers(), Passes.training())
              .logits();
      Tensor loss = logits.mul(Passes.normalFloats(3, 2, 7)).sum();
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
    "resnet18-3x3, 3, 8, 8"
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

  @Test
  void resnet18_refuses_tiny_images() {
    assertThatThrownBy(() -> Models.create("resnet18", new ImageShape(3, 32, 7), 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("resnet18: images of 3x32x7, allowed: at least 8 pixels");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1})
  void number_of_classes_must_be_positive(int classes) {
    assertThatThrownBy(() -> Models.create("mlp", INPUT, classes))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("classes is " + classes + ", allowed: at least 1");
  }
}
