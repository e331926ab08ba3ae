package io.github.smartaug.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.loss.CrossEntropy;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.Arena;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Layers that write over values which nobody needs any more, and those that must not. */
class OverwritingTest {
  private static final int CLASSES = 3;
  private static final ScalarType FLOAT = ScalarType.Float;

  private final Arena arena = new Arena();

  @AfterEach
  void close() {
    arena.close();
  }

  /** What a pass comes to: logits, buffers, and derivatives of the first and second order. */
  private record Outcome(Tensor logits, NamedTensors buffers, List<NamedTensors> derivatives) {
    static Outcome of(Model.Output output, NamedTensors leaves) {
      int count = Math.toIntExact(output.logits().size(0));
      long[] labels = LongStream.range(0, count).map(i -> i % CLASSES).toArray();
      Tensor loss = CrossEntropy.mean(output.logits(), Tensors.of(labels, count));
      NamedTensors first = Tensors.differentiableGradients(loss, leaves);
      Tensor squares = Tensors.scalar(0, loss);
      for (Tensor gradient : first.tensors()) {
        squares = squares.add(gradient.square().sum());
      }
      return new Outcome(
          output.logits(), output.buffers(), List.of(first, Tensors.gradients(squares, leaves)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mlp",
        "lenet",
        "resnet18",
        "resnet18-auxiliary",
        "wrn-16-4",
        "mobilenet-v2",
        "vit-s-16"
      })
  void a_pass_that_is_recorded_and_so_overwrites_nothing_comes_to_the_same_bits(String name) {
    try (TensorScope scope = TensorScope.open()) {
      ImageShape shape = new ImageShape(3, 32, 32);
      Model model = Models.create(name, shape, CLASSES);
      NamedTensors parameters = model.initialParameters(RandomStream.seeded(3)).asLeaves();
      Tensor images = Passes.normalFloats(1, 4, 3, 32, 32).requires_grad_(true);
      NamedTensors leaves = parameters.with(NamedTensors.of("images", images));
      Outcome overwriting =
          Outcome.of(
              model.forward(images, parameters, model.initialBuffers(), Passes.training()), leaves);
      try (Model.Linearized recorded =
          model
              .linearize(images, parameters, model.initialBuffers(), Passes.training())
              .orElseThrow()) {
        Outcome expected = Outcome.of(recorded.output(), leaves);

        assertThat(overwriting.logits().equal(expected.logits())).isTrue();
        requireEqual(overwriting.buffers(), expected.buffers());
        for (int order = 0; order < 2; order++) {
          requireEqual(overwriting.derivatives().get(order), expected.derivatives().get(order));
        }
      }
    }
  }

  private static void requireEqual(NamedTensors actual, NamedTensors expected) {
    assertThat(actual.names()).isEqualTo(expected.names());
    for (String name : expected.names()) {
      assertThat(actual.get(name).equal(expected.get(name))).as(name).isTrue();
    }
  }

  /** Negates, and keeps a handle of what it gave. */
  private record Negation(boolean givesOutputAway, Arena arena, List<Tensor> outputs)
      implements Layer {
    @Override
    public Tensor forward(Tensor input, ForwardPass pass) {
      Tensor output = input.neg();
      outputs.add(arena.hold(new Tensor(output)));
      return output;
    }
  }

  private Negation negation(boolean givesOutputAway, List<Tensor> outputs) {
    return new Negation(givesOutputAway, arena, outputs);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void the_output_of_a_layer_is_overwritten_if_the_layer_gives_it_away(boolean givesOutputAway) {
    try (TensorScope scope = TensorScope.open()) {
      for (Layer activation : List.of(new ReLU(), Activation.RELU6)) {
        List<Tensor> between = new ArrayList<>();
        Layer layers = Sequential.of(negation(givesOutputAway, between), activation);
        Tensor input = Tensors.of(new float[] {1, -2, 3}, 3);
        Tensor output = Passes.of(layers, Mode.evaluation(), FLOAT).apply(layers, input);

        assertThat(Tensors.toDoubles(output)).containsExactly(0, 2, 0);
        assertThat(Tensors.toDoubles(input)).containsExactly(1, -2, 3);
        assertThat(Tensors.toDoubles(between.get(0)))
            .containsExactly(givesOutputAway ? new double[] {0, 2, 0} : new double[] {-1, 2, -3});
      }
    }
  }

  @Test
  void the_input_of_a_network_and_of_a_block_is_never_overwritten() {
    try (TensorScope scope = TensorScope.open()) {
      List<Tensor> between = new ArrayList<>();
      Layer block = new Residual(Sequential.of(new ReLU()), Sequential.of());
      Layer layers = Sequential.of(negation(true, between), block);
      Tensor input = Tensors.of(new float[] {1, -2, 3}, 3);
      Tensor output = Passes.of(layers, Mode.evaluation(), FLOAT).apply(layers, input);

      assertThat(Tensors.toDoubles(output)).containsExactly(-1, 4, -3);
      assertThat(Tensors.toDoubles(between.get(0))).containsExactly(-1, 2, -3);
    }
  }

  @Test
  void a_residual_sum_overwrites_what_was_learned_and_not_what_goes_around_it() {
    try (TensorScope scope = TensorScope.open()) {
      List<Tensor> main = new ArrayList<>();
      List<Tensor> around = new ArrayList<>();
      Layer block = new Residual(negation(true, main), negation(true, around));
      Tensor input = Tensors.of(new float[] {1, -2}, 2);
      Tensor output = Passes.of(block, Mode.evaluation(), FLOAT).apply(block, input);

      assertThat(Tensors.toDoubles(output)).containsExactly(-2, 4);
      assertThat(Tensors.toDoubles(main.get(0))).containsExactly(-2, 4);
      assertThat(Tensors.toDoubles(around.get(0))).containsExactly(-1, 2);
    }
  }

  @Test
  void a_sum_of_other_shape_or_type_than_what_was_learned_is_a_new_one() {
    try (TensorScope scope = TensorScope.open();
        NoGradGuard constant = new NoGradGuard()) {
      Layer scaled = (input, pass) -> input.to(ScalarType.Double).mul(new Scalar(0.5));
      Layer twoRows = (input, pass) -> input.repeat(2, 1);
      for (Layer around : List.of(scaled, twoRows)) {
        List<Tensor> main = new ArrayList<>();
        Layer block = new Residual(negation(true, main), around);
        Tensor input = Tensors.of(new float[] {1, -2}, 1, 2);
        Tensor expected =
            input.neg().add(around.forward(input, Passes.of(block, Mode.evaluation(), FLOAT)));
        Tensor output = Passes.of(block, Mode.evaluation(), FLOAT).apply(block, input);

        assertThat(output.equal(expected)).isTrue();
        assertThat(output.scalar_type().intern()).isEqualTo(expected.scalar_type().intern());
        assertThat(Tensors.toDoubles(main.get(0))).containsExactly(-1, 2);
      }
    }
  }

  @Test
  void a_layer_whose_derivative_needs_its_output_keeps_it() {
    try (TensorScope scope = TensorScope.open()) {
      Layer layers = Sequential.of(Activation.SIGMOID, new ReLU());
      Tensor input = Tensors.of(new float[] {0}, 1).requires_grad_(true);
      Tensor output = Passes.of(layers, Mode.evaluation(), FLOAT).apply(layers, input);
      NamedTensors slope = Tensors.gradients(output.sum(), NamedTensors.of("input", input));

      assertThat(Tensors.item(slope.get("input"))).isEqualTo(0.25);
    }
  }
}
