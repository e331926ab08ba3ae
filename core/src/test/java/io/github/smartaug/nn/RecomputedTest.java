package io.github.smartaug.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.loss.CrossEntropy;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.ChildJvm;
import io.github.smartaug.tensor.GraphMemory;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.Recomputation;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.tensor.TorchRuntime;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecomputedTest {
  private static final ImageShape IMAGES = new ImageShape(3, 8, 8);

  /** A network of three blocks, with all that a pass can leave or draw. */
  private static LayeredModel model(UnaryOperator<Layer> seenAs) {
    Window three = Window.of(3).withPadding(1);
    Layer first =
        Sequential.of(new Conv2d("c1", 3, 6, three), new BatchNorm2d("b1", 6), new ReLU());
    Layer main =
        Sequential.of(
            new Conv2d("c2", 6, 6, three),
            new BatchNorm2d("b2", 6),
            Activation.SILU,
            new Dropout(0.3),
            new StochasticDepth(0.3));
    Layer second = new Residual(main, Sequential.of());
    Layer third = Sequential.of(new MaxPool2d(2), new Conv2d("c3", 6, 4, three), new ReLU());
    return new LayeredModel(
        IMAGES,
        3,
        Sequential.of(
            seenAs.apply(first),
            seenAs.apply(second),
            seenAs.apply(third),
            new Flatten(),
            new Linear("fc", 64, 3)));
  }

  /** A model with its first values, and images. */
  private static final class Case {
    final LayeredModel model;
    final NamedTensors parameters;
    final NamedTensors buffers;
    final Tensor images;
    final RandomStream draws = RandomStream.seeded(5);

    Case(LayeredModel model, ScalarType type) {
      this(model, type, 4);
    }

    Case(LayeredModel model, ScalarType type, int count) {
      this.model = model;
      parameters = converted(model.initialParameters(RandomStream.seeded(3)), type).asLeaves();
      buffers = converted(model.initialBuffers(), type);
      images = Passes.normal(1, count, 3, 8, 8).to(type).requires_grad_(true);
    }

    static NamedTensors converted(NamedTensors tensors, ScalarType type) {
      return tensors.map((Tensor t) -> t.is_floating_point() ? t.to(type) : t);
    }

    Model.Output output(NamedTensors seenBuffers) {
      return model.forward(images, parameters, seenBuffers, Mode.training(draws));
    }

    Tensor loss() {
      return loss(output(buffers));
    }

    static Tensor loss(Model.Output output) {
      int count = Math.toIntExact(output.logits().size(0));
      long[] labels = LongStream.range(0, count).map(i -> i % 3).toArray();
      return CrossEntropy.mean(output.logits(), Tensors.of(labels, count));
    }

    NamedTensors leaves() {
      return parameters.with(NamedTensors.of("images", images));
    }
  }

  private static Case plain(ScalarType type) {
    return new Case(model(UnaryOperator.identity()), type);
  }

  private static Case recomputed(ScalarType type) {
    return new Case(model(Recomputed::new), type);
  }

  @Test
  void logits_gradients_running_statistics_and_draws_are_the_same_bits() {
    try (TensorScope scope = TensorScope.open()) {
      Case plain = plain(ScalarType.Float);
      Case recomputed = recomputed(ScalarType.Float);
      Model.Output expected = plain.output(plain.buffers);
      Model.Output actual = recomputed.output(recomputed.buffers);
      requireEqual(actual.logits(), expected.logits());
      requireEqual(
          Tensors.gradients(Case.loss(actual), recomputed.leaves()),
          Tensors.gradients(Case.loss(expected), plain.leaves()));
      requireEqual(actual.buffers(), expected.buffers());
      assertThat(recomputed.draws.state()).isEqualTo(plain.draws.state());
    }
  }

  private static void requireEqual(NamedTensors actual, NamedTensors expected) {
    assertThat(actual.names()).isEqualTo(expected.names());
    for (String name : expected.names()) {
      requireEqual(actual.get(name), expected.get(name));
    }
  }

  private static void requireEqual(Tensor actual, Tensor expected) {
    assertThat(actual.equal(expected)).isTrue();
  }

  @Test
  void second_and_third_derivatives_are_those_of_autograd() {
    try (TensorScope scope = TensorScope.open()) {
      Case plain = plain(ScalarType.Double);
      Case recomputed = recomputed(ScalarType.Double);
      Tensor expected = plain.loss();
      Tensor actual = recomputed.loss();
      for (int order = 2; order <= 3; order++) {
        expected = squareSum(Tensors.differentiableGradients(expected, plain.leaves()));
        actual = squareSum(Tensors.differentiableGradients(actual, recomputed.leaves()));
        NamedTensors derivatives = Tensors.gradientsKeepingGraph(expected, plain.leaves());
        requireClose(Tensors.gradientsKeepingGraph(actual, recomputed.leaves()), derivatives);
      }
    }
  }

  private static Tensor squareSum(NamedTensors gradients) {
    Tensor sum = Tensors.scalar(0, gradients.tensors().get(0));
    for (Tensor gradient : gradients.tensors()) {
      sum = sum.add(gradient.square().sum());
    }
    return sum;
  }

  private static void requireClose(NamedTensors actual, NamedTensors expected) {
    double largest =
        expected.tensors().stream()
            .mapToDouble(tensor -> Tensors.item(tensor.abs().max()))
            .max()
            .orElseThrow();
    assertThat(largest).isPositive();
    for (String name : expected.names()) {
      assertThat(Tensors.toDoubles(actual.get(name)))
          .as(name)
          .containsExactly(Tensors.toDoubles(expected.get(name)), within(1e-12 * largest));
    }
  }

  @Test
  void derivatives_of_running_statistics_are_those_of_autograd() {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors expected = ofStatistics(plain(ScalarType.Double));
      requireClose(ofStatistics(recomputed(ScalarType.Double)), expected);
    }
  }

  /** Of a loss and of the statistics after a pass, by parameters and statistics before. */
  private static NamedTensors ofStatistics(Case given) {
    NamedTensors before = given.buffers.having(Tensor::is_floating_point).asLeaves();
    Model.Output output = given.output(given.buffers.with(before));
    Tensor sum = Case.loss(output);
    for (String name : before.names()) {
      sum = sum.add(output.buffers().get(name).square().sum());
    }
    return Tensors.gradients(
        squareSum(Tensors.differentiableGradients(sum, given.leaves().with(before))),
        given.leaves().with(before));
  }

  @Test
  void the_graph_keeps_what_is_between_the_blocks() {
    try (TensorScope scope = TensorScope.open()) {
      assertThat(GraphMemory.bytes(recomputed(ScalarType.Float).loss()))
          .isLessThan(0.5 * GraphMemory.bytes(plain(ScalarType.Float).loss()));
    }
  }

  @Test
  void without_autograd_the_logits_have_no_history() {
    try (TensorScope scope = TensorScope.open();
        NoGradGuard off = new NoGradGuard()) {
      assertThat(recomputed(ScalarType.Float).loss().requires_grad()).isFalse();
    }
  }

  private enum Ending {
    GRADIENT,
    SECOND_DERIVATIVE,
    BY_SOME_PARAMETERS,
    NOTHING
  }

  @ParameterizedTest
  @EnumSource(Ending.class)
  void handles_do_not_pile_up(Ending ending) {
    try (TensorScope scope = TensorScope.open()) {
      Case recomputed = recomputed(ScalarType.Float);
      step(recomputed, ending);
      step(recomputed, ending);
      long before = Pointer.totalCount();
      for (int i = 0; i < 50; i++) {
        step(recomputed, ending);
      }
      assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before);
    }
  }

  /** As where memory runs out while values are computed again. */
  @Test
  void a_gradient_that_fails_leaves_nothing_behind() {
    try (TensorScope scope = TensorScope.open()) {
      Tensor input = Tensors.of(new double[] {1, 2}, 2).requires_grad_(true);
      failing(input);
      failing(input);
      long before = Pointer.totalCount();
      for (int i = 0; i < 300; i++) {
        failing(input);
      }
      assertThat(Pointer.totalCount()).isLessThanOrEqualTo(before);
      Case recomputed = recomputed(ScalarType.Float);
      assertThat(Tensors.gradients(recomputed.loss(), recomputed.leaves()).names()).isNotEmpty();
    }
  }

  private static void failing(Tensor input) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor inner = once(input, inputs -> List.of(inputs.get(0).square()));
      Tensor outer =
          once(
              inner,
              inputs -> {
                throw new IllegalStateException("no memory");
              });
      assertThatThrownBy(
              () -> Tensors.gradients(outer.add(inner).sum(), NamedTensors.of("input", input)))
          .hasMessageContaining("no memory");
    }
  }

  private static Tensor once(Tensor input, Recomputation.DifferentiableFunction function) {
    return Recomputation.withHistory(List.of(input.square().detach()), List.of(input), function)
        .get(0);
  }

  private static void step(Case given, Ending ending) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor loss = given.loss();
      NamedTensors leaves = given.leaves();
      switch (ending) {
        case GRADIENT -> Tensors.gradients(loss, leaves);
        case SECOND_DERIVATIVE ->
            Tensors.gradients(squareSum(Tensors.differentiableGradients(loss, leaves)), leaves);
        case BY_SOME_PARAMETERS ->
            Tensors.gradients(loss, NamedTensors.of("c3.weight", leaves.get("c3.weight")));
        case NOTHING -> assertThat(loss.requires_grad()).isTrue();
      }
    }
  }

  @Test
  void resident_memory_is_flat_over_300_steps_with_second_derivatives() throws Exception {
    ChildJvm.Result result = ChildJvm.runForMemory(LongRun.class);

    assertThat(result.exitCode()).as(result.output()).isZero();
    List<String> lines = result.output().lines().toList();
    String[] bytes = lines.get(lines.size() - 1).split(" ", -1);
    assertThat(Double.parseDouble(bytes[1]) / Double.parseDouble(bytes[0])).isLessThan(1.03);
  }

  /** Prints what is resident after some steps and after many more. */
  static final class LongRun {
    private LongRun() {}

    public static void main(String[] arguments) {
      try (TensorScope scope = TensorScope.open()) {
        Case given = new Case(model(Recomputed::new), ScalarType.Float, 32);
        run(given, 300);
        long before = TorchRuntime.residentBytes();
        run(given, 300);
        System.out.println(before + " " + TorchRuntime.residentBytes());
      }
    }

    private static void run(Case given, int steps) {
      for (int i = 0; i < steps; i++) {
        step(given, Ending.SECOND_DERIVATIVE);
      }
    }
  }
}
