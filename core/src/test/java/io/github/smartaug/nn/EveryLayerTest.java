package io.github.smartaug.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for all layers: a new layer is tested by a row of the table. */
class EveryLayerTest {
  private static final String INPUT = "input";

  private enum Phase {
    TRAINING,
    EVALUATION
  }

  /** A layer, in a mode, on a small input. */
  private record Row(Layer layer, Phase phase, List<Long> inputShape, List<Long> outputShape) {
    Tensor input() {
      return Passes.normal(1, inputShape.stream().mapToLong(Long::longValue).toArray());
    }

    Mode mode() {
      return switch (phase) {
        case TRAINING -> Passes.training();
        case EVALUATION -> Mode.evaluation();
      };
    }

    @Override
    public String toString() {
      return layer + " in " + phase;
    }
  }

  static Stream<Row> table() {
    long[] images = {4, 3, 6, 6};
    Window padded = Window.of(3).withStride(2).withPadding(1);
    return Stream.of(
        row(new Conv2d("c", 3, 2, Window.of(3)), images, 4, 2, 4, 4),
        row(conv2dWithoutBias(padded), images, 4, 2, 3, 3),
        row(new Linear("l", 5, 3), new long[] {4, 5}, 4, 3),
        row(new BatchNorm2d("b", 3), images, images),
        trainingRow(new BatchNorm2d("b", 3), images, images),
        row(new ReLU(), images, images),
        row(new MaxPool2d(2), images, 4, 3, 3, 3),
        row(new MaxPool2d(padded), images, 4, 3, 3, 3),
        row(new AvgPool2d(2), images, 4, 3, 3, 3),
        row(new AvgPool2d(padded), images, 4, 3, 3, 3),
        row(new AdaptiveAvgPool2d(4, 2), images, 4, 3, 4, 2),
        row(AdaptiveAvgPool2d.global(), images, 4, 3, 1, 1),
        row(new Flatten(), images, 4, 108),
        row(new Dropout(0.5), images, images),
        trainingRow(new Dropout(0.5), images, images),
        row(Sequential.of(), images, images),
        row(Sequential.of(new Conv2d("c", 3, 2, padded), new ReLU()), images, 4, 2, 3, 3),
        row(new Residual(new ReLU(), Sequential.of()), images, images),
        trainingRow(block(3, 1), images, images),
        row(new Recomputed(block(4, 2)), images, 4, 4, 3, 3),
        trainingRow(new Recomputed(block(4, 2)), images, 4, 4, 3, 3),
        trainingRow(new Recomputed(new Dropout(0.5)), images, images),
        trainingRow(block(4, 2), images, 4, 4, 3, 3),
        row(block(4, 2), images, 4, 4, 3, 3),
        row(grouped(padded), images, 4, 6, 3, 3),
        row(
            new Conv2d("c", 3, 2, padded, Bias.ZERO, Initializer.xavierUniform()),
            images,
            4,
            2,
            3,
            3),
        row(Activation.RELU6, images, images),
        row(Activation.SIGMOID, images, images),
        row(Activation.SILU, images, images),
        row(Activation.GELU, images, images),
        row(new LayerNorm("n", 6, 1e-6), images, images),
        row(ChannelOrder.LAST, images, 4, 6, 6, 3),
        row(ChannelOrder.FIRST, images, 4, 6, 3, 6),
        row(new LayerScale("s", 2, 0.5f, new Conv2d("c", 3, 2, padded)), images, 4, 2, 3, 3),
        row(new Gated(new Conv2d("c", 3, 1, Window.of(1))), images, images),
        row(new Gated(AdaptiveAvgPool2d.global()), images, images),
        row(new Concatenation(new Conv2d("c", 3, 2, Window.of(1))), images, 4, 5, 6, 6),
        row(new StochasticDepth(0.5), images, images),
        trainingRow(new StochasticDepth(0.5), images, images),
        row(new ScaledDotProductAttention(2), new long[] {2, 5, 12}, 2, 5, 4),
        row(tokens(), new long[] {2, 3, 4, 4}, 2, 5, 6),
        row(new FirstToken(), new long[] {2, 5, 6}, 2, 6),
        row(new AuxiliaryBatchNorm2d("b", 3), images, images),
        trainingRow(new AuxiliaryBatchNorm2d("b", 3), images, images),
        row(new DecorrelatedConv2d("d", 3, 2, padded), images, 4, 2, 3, 3),
        trainingRow(new DecorrelatedConv2d("d", 3, 2, Window.of(2)), many(3), 40, 2, 5, 5),
        trainingRow(new DecorrelatedConv2d("d", 66, 2, Window.of(1)), many(66), 40, 2, 6, 6));
  }

  /** A residual block with batch normalisation. */
  private static Layer block(int outputs, int stride) {
    Window three = Window.of(3).withPadding(1);
    Layer main =
        Sequential.of(
            convolution("c1", 3, outputs, three.withStride(stride)),
            new BatchNorm2d("b1", outputs),
            new ReLU(),
            convolution("c2", outputs, outputs, three),
            new BatchNorm2d("b2", outputs));
    Layer shortcut =
        Sequential.of(
            convolution("c3", 3, outputs, Window.of(1).withStride(stride)),
            new BatchNorm2d("b3", outputs));
    return Sequential.of(new Residual(main, outputs == 3 ? Sequential.of() : shortcut), new ReLU());
  }

  private static Layer convolution(String name, int inputs, int outputs, Window window) {
    return new Conv2d(name, inputs, outputs, window, Bias.NONE, Initializer.kaimingNormalFanOut());
  }

  private static Layer grouped(Window window) {
    return new Conv2d("c", 3, 6, window, Bias.LEARNED, Initializer.kaimingNormalFanIn(), 3);
  }

  private static Layer tokens() {
    Layer patches = new Conv2d("c", 3, 6, Window.of(2).withStride(2));
    return new TokenEmbedding(patches, "class", "positions", 4, 6);
  }

  /** So many that their covariance has no small eigenvalues. */
  private static long[] many(int channels) {
    return new long[] {40, channels, 6, 6};
  }

  private static Row row(Layer layer, long[] input, long... output) {
    return new Row(layer, Phase.EVALUATION, list(input), list(output));
  }

  private static Row trainingRow(Layer layer, long[] input, long... output) {
    return new Row(layer, Phase.TRAINING, list(input), list(output));
  }

  private static List<Long> list(long[] shape) {
    return Arrays.stream(shape).boxed().toList();
  }

  private static Layer conv2dWithoutBias(Window window) {
    return new Conv2d("c", 3, 2, window, Bias.NONE, Initializer.kaimingNormalFanOut());
  }

  @ParameterizedTest
  @MethodSource("table")
  void output_has_the_documented_shape_in_float32_and_float64(Row row) {
    try (TensorScope scope = TensorScope.open()) {
      for (ScalarType type : new ScalarType[] {ScalarType.Float, ScalarType.Double}) {
        Tensor input = row.input().to(type);
        Tensor output = row.layer().forward(input, Passes.of(row.layer(), row.mode(), type));
        assertThat(list(output.shape())).isEqualTo(row.outputShape());
        assertThat(output.scalar_type().intern()).isEqualTo(type);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("table")
  void float32_agrees_with_float64(Row row) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor input = row.input();
      Tensor exact =
          row.layer().forward(input, Passes.of(row.layer(), row.mode(), ScalarType.Double));
      Tensor rounded =
          row.layer()
              .forward(
                  input.to(ScalarType.Float), Passes.of(row.layer(), row.mode(), ScalarType.Float));
      assertThat(Tensors.toDoubles(rounded))
          .containsExactly(Tensors.toDoubles(exact), within(1e-5));
    }
  }

  @ParameterizedTest
  @MethodSource("table")
  void memory_format_does_not_change_the_values(Row row) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor input = row.input();
      Tensor other = input.dim() == 4 ? MemoryFormat.CHANNELS_LAST.arrange(input) : input;
      double[] expected = Tensors.toDoubles(forward(row, input));
      assertThat(Tensors.toDoubles(forward(row, other))).containsExactly(expected, within(1e-12));
    }
  }

  @ParameterizedTest
  @MethodSource("table")
  void output_is_a_new_handle_and_the_input_is_unchanged(Row row) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor input = row.input();
      double[] before = Tensors.toDoubles(input);
      Tensor output = forward(row, input);
      assertThat(output).isNotSameAs(input);
      output.close();
      assertThat(Tensors.toDoubles(input)).isEqualTo(before);
    }
  }

  @ParameterizedTest
  @MethodSource("table")
  void second_derivatives_equal_finite_differences(Row row) {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors at =
          NamedTensors.of(INPUT, row.input())
              .with(Passes.doubles(row.layer().initialParameters(RandomStream.seeded(3))));
      NamedTensors leaves = at.asLeaves();
      NamedTensors second = Tensors.gradients(gradientNorm(row, leaves), leaves);
      for (int seed = 100; seed < 103; seed++) {
        NamedTensors direction = normalLike(at, seed);
        double step = 1e-6;
        double ahead = Tensors.item(gradientNorm(row, moved(at, direction, step).asLeaves()));
        double behind = Tensors.item(gradientNorm(row, moved(at, direction, -step).asLeaves()));
        double expected = (ahead - behind) / (2 * step);
        assertThat(dot(second, direction)).isCloseTo(expected, within(1e-6 * scale(second)));
      }
    }
  }

  /** Rows with a tangent; that of batch normalisation is for training. */
  static Stream<Row> linearizable() {
    return table()
        .filter(row -> row.layer().isLinearizable())
        .filter(row -> row.phase() == Phase.TRAINING || row.layer().initialBuffers().isEmpty());
  }

  @ParameterizedTest
  @MethodSource("linearizable")
  void the_tangent_is_the_derivative_along_a_direction_of_inputs_and_parameters(Row row) {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors at = inputAndParameters(row);
      NamedTensors direction = normalLike(at, 100);
      double step = 1e-6;
      Tensor ahead = output(row, moved(at, direction, step));
      Tensor behind = output(row, moved(at, direction, -step));
      double[] expected = Tensors.toDoubles(ahead.sub(behind).div(new Scalar(2 * step)));

      assertThat(Tensors.toDoubles(tangent(row, at, direction)))
          .containsExactly(expected, within(1e-6 * Math.max(1, norm(expected))));
    }
  }

  @ParameterizedTest
  @MethodSource("linearizable")
  void derivatives_of_the_tangent_equal_finite_differences(Row row) {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors at = inputAndParameters(row);
      NamedTensors direction = normalLike(at, 100);
      NamedTensors leaves = at.asLeaves();
      // Tangents of linear layers do not depend on where they are taken; zero is their derivative.
      Tensor nothing = leaves.get(INPUT).sum().mul(new Scalar(0.0));
      NamedTensors derivative =
          Tensors.gradients(weighted(tangent(row, leaves, direction)).add(nothing), leaves);
      NamedTensors along = normalLike(at, 101);
      double step = 1e-6;
      double ahead = Tensors.item(weighted(tangent(row, moved(at, along, step), direction)));
      double behind = Tensors.item(weighted(tangent(row, moved(at, along, -step), direction)));
      double expected = (ahead - behind) / (2 * step);
      assertThat(dot(derivative, along)).isCloseTo(expected, within(1e-6 * scale(derivative)));
    }
  }

  private static NamedTensors inputAndParameters(Row row) {
    return NamedTensors.of(INPUT, row.input())
        .with(Passes.doubles(row.layer().initialParameters(RandomStream.seeded(3))));
  }

  private static Tensor output(Row row, NamedTensors at) {
    NamedTensors buffers = Passes.doubles(row.layer().initialBuffers());
    return row.layer().forward(at.get(INPUT), ForwardPass.begin(at, buffers, row.mode()));
  }

  private static Tensor tangent(Row row, NamedTensors at, NamedTensors direction) {
    NamedTensors buffers = Passes.doubles(row.layer().initialBuffers());
    try (Tape tape = new Tape()) {
      ForwardPass.recorded(at, buffers, row.mode(), tape).apply(row.layer(), at.get(INPUT));
      return new TangentPass(at, direction, tape).apply(row.layer(), direction.get(INPUT));
    }
  }

  /** A scalar that depends on every element, and on none linearly only. */
  private static Tensor weighted(Tensor values) {
    return values.mul(values).mul(Passes.normal(9, values.shape())).sum();
  }

  private static double norm(double[] values) {
    return Math.sqrt(Arrays.stream(values).map(v -> v * v).sum());
  }

  private static Tensor forward(Row row, Tensor input) {
    return row.layer().forward(input, Passes.of(row.layer(), row.mode(), ScalarType.Double));
  }

  /** Half the squared norm of the gradient of a nonlinear function of the layer's output. */
  private static Tensor gradientNorm(Row row, NamedTensors at) {
    NamedTensors buffers = Passes.doubles(row.layer().initialBuffers());
    ForwardPass pass = ForwardPass.begin(at, buffers, row.mode());
    Tensor output = row.layer().forward(at.get(INPUT), pass);
    Tensor cubes = output.mul(output).mul(output).mul(Passes.normal(9, output.shape()));
    NamedTensors gradients = Tensors.differentiableGradients(cubes.sum(), at);
    Tensor sum = Tensors.scalar(0, output);
    for (Tensor gradient : gradients.tensors()) {
      sum = sum.add(gradient.mul(gradient).sum());
    }
    return sum.mul(new Scalar(0.5));
  }

  private static NamedTensors normalLike(NamedTensors tensors, long seed) {
    RandomStream seeds = RandomStream.seeded(seed);
    return tensors.map(tensor -> Passes.normal(seeds.nextLong(), tensor.shape()));
  }

  private static NamedTensors moved(NamedTensors at, NamedTensors direction, double step) {
    return at.combine(direction, (tensor, along) -> tensor.add(along, new Scalar(step)));
  }

  private static double dot(NamedTensors left, NamedTensors right) {
    return left.combine(right, Tensor::mul).tensors().stream()
        .mapToDouble(product -> Tensors.item(product.sum()))
        .sum();
  }

  /** Size of the derivative along a typical direction, at least 1. */
  private static double scale(NamedTensors gradient) {
    return Math.max(1, Math.sqrt(dot(gradient, gradient)));
  }
}
