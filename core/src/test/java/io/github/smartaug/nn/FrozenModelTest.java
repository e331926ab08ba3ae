package io.github.smartaug.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.Arena;
import io.github.smartaug.tensor.GraphMemory;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.tensor.TorchRuntime;
import java.util.List;
import java.util.Set;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrozenModelTest {
  static {
    TorchRuntime.initialize();
  }

  private static final ImageShape INPUT = new ImageShape(1, 16, 16);

  private final TensorScope scope = TensorScope.open();
  private final Model architecture = Models.create("resnet18", INPUT, 3);
  private final NamedTensors weights = architecture.initialParameters(RandomStream.seeded(7));
  private final NamedTensors statistics =
      architecture
          .initialBuffers()
          .map((Tensor t) -> t.is_floating_point() ? t.add(new Scalar(0.5)) : t);
  private final Model pretrained = new PretrainedModel(architecture, weights, statistics);
  private final Tensor images =
      Tensors.of(RandomStream.seeded(1).doubles(4 * 256).toArray(), 4, 1, 16, 16)
          .to(torch.ScalarType.Float);

  @AfterEach
  void closeScope() {
    scope.close();
  }

  private FrozenModel freezing(String... patterns) {
    Set<String> head = Models.head("resnet18", INPUT, 3);
    return FrozenModel.of(
        pretrained,
        FrozenLayers.choose(List.of(patterns), weights.names(), head),
        RandomStream.seeded(0));
  }

  private static Mode training() {
    return Mode.training(RandomStream.seeded(2));
  }

  private Model.Output pass(Model model, Mode mode) {
    return model.forward(
        images,
        model.initialParameters(RandomStream.seeded(3)).asLeaves(),
        model.initialBuffers(),
        mode);
  }

  @Test
  void what_is_frozen_is_no_parameter_and_still_in_the_model() {
    FrozenModel model = freezing("conv1", "bn1", "layer1");

    NamedTensors parameters = model.initialParameters(RandomStream.seeded(3));
    NamedTensors buffers = model.initialBuffers();

    assertThat(parameters.names()).noneMatch(name -> name.matches("(conv1|bn1|layer1)\\..*"));
    assertThat(parameters.with(buffers).names())
        .containsExactlyInAnyOrderElementsOf(weights.with(statistics).names());
    assertThat(buffers.get("layer1.0.conv1.weight").equal(weights.get("layer1.0.conv1.weight")))
        .isTrue();
    assertThat(model.frozen().names()).allMatch(buffers.names()::contains);
  }

  @Test
  void it_is_the_same_function_in_evaluation() {
    Model model = freezing("conv1", "*.bn1", "fc.bias");

    assertThat(Tensors.toDoubles(pass(model, Mode.evaluation()).logits()))
        .isEqualTo(Tensors.toDoubles(pass(pretrained, Mode.evaluation()).logits()));
  }

  @Test
  void frozen_normalisation_is_as_in_evaluation_and_keeps_its_statistics() {
    Model.Output output = pass(freezing("all-but-head"), training());

    assertThat(Tensors.toDoubles(output.logits()))
        .isEqualTo(Tensors.toDoubles(pass(pretrained, Mode.evaluation()).logits()));
    for (String name : statistics.names()) {
      assertThat(output.buffers().get(name).equal(statistics.get(name))).as(name).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"resnet18-auxiliary", "resnet18-deconvolution"})
  void so_are_other_ways_to_normalise(String name) {
    Model other = Models.create(name, INPUT, 3);
    NamedTensors all = other.initialParameters(RandomStream.seeded(7));
    NamedTensors before = other.initialBuffers();
    Model whole = new PretrainedModel(other, all, before);
    Set<String> frozen =
        FrozenLayers.choose(
            List.of(FrozenLayers.ALL_BUT_HEAD), all.names(), Models.head(name, INPUT, 3));

    Model.Output output = pass(FrozenModel.of(whole, frozen, RandomStream.seeded(0)), training());

    assertThat(Tensors.toDoubles(output.logits()))
        .isEqualTo(Tensors.toDoubles(pass(whole, Mode.evaluation()).logits()));
    for (String buffer : before.names()) {
      assertThat(output.buffers().get(buffer).equal(before.get(buffer))).as(buffer).isTrue();
    }
  }

  @Test
  void other_normalisation_moves_its_statistics() {
    NamedTensors after = pass(freezing("conv1", "bn1"), training()).buffers();

    assertThat(after.get("bn1.running_mean").equal(statistics.get("bn1.running_mean"))).isTrue();
    assertThat(after.get("bn1.num_batches_tracked").item_long()).isZero();
    assertThat(after.get("layer1.0.bn1.num_batches_tracked").item_long()).isOne();
    assertThat(
            after
                .get("layer1.0.bn1.running_mean")
                .equal(statistics.get("layer1.0.bn1.running_mean")))
        .isFalse();
  }

  @Test
  void a_layer_of_which_a_part_is_trained_is_not_frozen() {
    NamedTensors after = pass(freezing("bn1.weight"), training()).buffers();

    assertThat(after.get("bn1.num_batches_tracked").item_long()).isOne();
  }

  @Test
  void graphs_leave_out_what_is_frozen() {
    double all = GraphMemory.bytes(pass(pretrained, training()).logits());
    double head = GraphMemory.bytes(pass(freezing("all-but-head"), training()).logits());

    assertThat(head).isPositive().isLessThan(all / 50);
  }

  @Test
  void frozen_tensors_get_no_gradient_even_where_buffers_have_one() {
    FrozenModel model = freezing("conv1", "bn1");
    NamedTensors parameters = model.initialParameters(RandomStream.seeded(3)).asLeaves();
    NamedTensors given =
        model
            .initialBuffers()
            .map((Tensor t) -> t.is_floating_point() ? t.requires_grad_(true) : t);

    Model.Output output = model.forward(images, parameters, given, training());

    assertThat(output.buffers().get("conv1.weight").requires_grad()).isFalse();
    assertThat(output.buffers().get("bn1.running_var").requires_grad()).isFalse();
    assertThat(output.buffers().get("layer1.0.bn1.running_var").requires_grad()).isTrue();
  }

  @Test
  void none_and_all_are_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> freezing("*"))
        .withMessage("62 of 62 parameters are frozen, allowed: some, and some that are trained");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FrozenModel.of(pretrained, Set.of(), RandomStream.seeded(0)))
        .withMessage("0 of 62 parameters are frozen, allowed: some, and some that are trained");
  }

  @Test
  void its_values_live_as_long_as_the_arena_that_holds_it() {
    try (Arena arena = new Arena()) {
      Model held;
      try (TensorScope inner = TensorScope.open()) {
        PretrainedModel copy = new PretrainedModel(architecture, weights.copy(), statistics.copy());
        held =
            FrozenModel.of(copy, Set.of("conv1.weight"), RandomStream.seeded(0))
                .in(MemoryFormat.CHANNELS_LAST)
                .heldBy(arena);
      }
      assertThat(held.initialBuffers().get("conv1.weight").equal(weights.get("conv1.weight")))
          .isTrue();
      assertThat(held.classes()).isEqualTo(3);
      assertThat(held.input()).isEqualTo(INPUT);
    }
  }
}
