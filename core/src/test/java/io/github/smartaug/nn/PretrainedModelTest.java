package io.github.smartaug.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.Arena;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.tensor.TorchRuntime;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PretrainedModelTest {
  static {
    TorchRuntime.initialize();
  }

  private final TensorScope scope = TensorScope.open();
  private final Model architecture = Models.create("resnet18", new ImageShape(1, 16, 16), 3);
  private final NamedTensors parameters = architecture.initialParameters(RandomStream.seeded(7));
  private final NamedTensors buffers =
      architecture.initialBuffers().map((Tensor buffer) -> buffer.add(new Scalar(1)));
  private final Model model = new PretrainedModel(architecture, parameters, buffers);

  @AfterEach
  void closeScope() {
    scope.close();
  }

  @Test
  void training_begins_with_what_was_given_whatever_is_drawn() {
    assertSame(model.initialParameters(RandomStream.seeded(1)), parameters);
    assertSame(model.initialBuffers(), buffers);
    assertSame(
        model.in(MemoryFormat.CHANNELS_LAST).initialParameters(RandomStream.seeded(2)), parameters);
  }

  @Test
  void what_a_run_changes_in_place_does_not_change_what_the_next_one_begins_with() {
    double before = sum(model.initialParameters(RandomStream.seeded(0)));

    for (Tensor tensor : model.initialParameters(RandomStream.seeded(0)).tensors()) {
      tensor.zero_();
    }
    model.initialBuffers().tensors().forEach(Tensor::zero_);

    assertThat(before).isNotZero();
    assertThat(sum(model.initialParameters(RandomStream.seeded(0)))).isEqualTo(before);
    assertThat(sum(model.initialBuffers())).isEqualTo(sum(buffers)).isNotZero();
  }

  @Test
  void it_is_the_same_function_as_its_architecture() {
    Tensor images = torch.ones(2, 1, 16, 16);
    NamedTensors others = architecture.initialParameters(RandomStream.seeded(3));
    Mode training = Mode.training(RandomStream.seeded(0));

    assertThat(
            Tensors.toDoubles(model.forward(images, others, buffers, Mode.evaluation()).logits()))
        .isEqualTo(
            Tensors.toDoubles(
                architecture.forward(images, others, buffers, Mode.evaluation()).logits()));
    assertThat(model.linearize(images, others, buffers, training).isPresent())
        .isEqualTo(architecture.linearize(images, others, buffers, training).isPresent());
    assertThat(model.input()).isEqualTo(architecture.input());
    assertThat(model.classes()).isEqualTo(3);
  }

  @Test
  void its_values_live_as_long_as_the_arena_that_holds_it() {
    try (Arena arena = new Arena()) {
      Model held;
      try (TensorScope inner = TensorScope.open()) {
        NamedTensors copies = parameters.copy();
        held = new PretrainedModel(architecture, copies, buffers.copy()).heldBy(arena);
      }
      assertSame(held.initialParameters(RandomStream.seeded(0)), parameters);
    }
  }

  private static double sum(NamedTensors tensors) {
    return tensors.tensors().stream().mapToDouble(t -> t.sum().item_double()).sum();
  }

  private static void assertSame(NamedTensors actual, NamedTensors expected) {
    assertThat(actual.names()).containsExactlyElementsOf(expected.names());
    for (String name : expected.names()) {
      assertThat(actual.get(name).equal(expected.get(name))).as(name).isTrue();
    }
  }
}
