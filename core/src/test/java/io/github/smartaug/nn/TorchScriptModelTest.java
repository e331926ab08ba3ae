package io.github.smartaug.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.Arena;
import io.github.smartaug.tensor.Devices;
import io.github.smartaug.tensor.DualNumbers;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.BoolType;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.FloatType;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IntType;
import org.bytedeco.pytorch.ListType;
import org.bytedeco.pytorch.OptionalType;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.StringType;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TorchScriptModelTest {
  /** Images of a row of three pixels, and three classes. */
  private static final ImageShape ROW = new ImageShape(1, 1, 3);

  private static final Device CPU = new Arena().hold(Devices.parse("cpu"));

  private final TensorScope scope = TensorScope.open();

  @TempDir Path folder;

  @AfterEach
  void closeScope() {
    scope.close();
  }

  @Test
  void names_are_those_of_pytorchs_state_dictionary() {
    TorchScriptModel model = ScriptedModels.NORMALIZED.scripted(folder);

    assertThat(model.initialParameters(RandomStream.seeded(1)))
        .hasToString(
            "NamedTensors[features.0.weight[4, 3, 3, 3], features.1.weight[4],"
                + " features.1.bias[4], classifier.weight[5, 144], classifier.bias[5]]");
    assertThat(model.initialBuffers())
        .hasToString(
            "NamedTensors[features.1.running_mean[4], features.1.running_var[4],"
                + " features.1.num_batches_tracked[]]");
  }

  @ParameterizedTest
  @EnumSource
  void logits_gradients_and_buffers_are_those_of_the_same_model_of_this_library(
      ScriptedModels models) {
    Model own = models.own();
    Model scripted = models.scripted(folder);
    NamedTensors buffers = Passes.doubles(own.initialBuffers());
    for (Mode mode : List.of(Passes.training(), Mode.evaluation())) {
      NamedTensors parameters =
          Passes.doubles(own.initialParameters(RandomStream.seeded(8))).asLeaves();
      Tensor images = images(own, 4);

      Model.Output expected = own.forward(images, parameters, buffers, mode);
      Model.Output actual = scripted.forward(images, parameters, buffers, mode);

      assertEqual(actual.logits(), expected.logits());
      assertEqual(actual.buffers(), expected.buffers());
      assertEqual(curvature(actual.logits(), parameters), curvature(expected.logits(), parameters));
    }
  }

  /** Gradients of the norm of the gradient: a second derivative. */
  private static NamedTensors curvature(Tensor logits, NamedTensors parameters) {
    NamedTensors gradients =
        Tensors.differentiableGradients(logits.log_softmax(1).square().mean(), parameters);
    Tensor norm =
        gradients.tensors().stream()
            .map(gradient -> gradient.square().sum())
            .reduce(Tensor::add)
            .orElseThrow();
    return Tensors.gradients(norm, parameters);
  }

  @Test
  void the_first_parameters_are_those_of_the_file() {
    TorchScriptModel model = ScriptedModels.NORMALIZED.scripted(folder);

    NamedTensors first = model.initialParameters(RandomStream.seeded(1));

    assertEqual(first.with(model.initialBuffers()), ScriptedModels.NORMALIZED.weights());
    first.get("classifier.bias").zero_();
    assertEqual(
        model.initialParameters(RandomStream.seeded(2)).with(model.initialBuffers()),
        ScriptedModels.NORMALIZED.weights());
  }

  @Test
  void calls_leave_no_trace_in_each_other_nor_in_what_they_are_given() {
    TorchScriptModel model = ScriptedModels.NORMALIZED.scripted(folder);
    NamedTensors parameters = model.initialParameters(RandomStream.seeded(1));
    NamedTensors others = parameters.map((Tensor t) -> t.mul(new Scalar(-2)));
    NamedTensors buffers = model.initialBuffers();
    NamedTensors before = buffers.copy();
    Tensor images = images(model, 4).to(ScalarType.Float);

    Model.Output first = model.forward(images, parameters, buffers, Passes.training());
    model.forward(images, others, first.buffers(), Passes.training());
    model.forward(images, others, first.buffers(), Mode.evaluation());
    Model.Output again = model.forward(images, parameters, buffers, Passes.training());

    assertEqual(again.logits(), first.logits());
    assertEqual(again.buffers(), first.buffers());
    assertEqual(buffers, before);
    assertThat(Tensors.toLongs(first.buffers().get("features.1.num_batches_tracked")))
        .containsExactly(1);
  }

  @Test
  void numbers_that_a_module_counts_in_every_call_are_in_every_call_as_in_the_file() {
    Script counting =
        row()
            .attribute("calls", IntType.getIntTypePtr().get(), new IValue(1L))
            .forward("self.calls += 1", "return torch.flatten(x, 1) * self.scale * self.calls");
    TorchScriptModel model = read(counting);

    for (int call = 0; call < 3; call++) {
      assertThat(Tensors.toDoubles(onRow(model, 1, 2, 3))).containsExactly(2, 4, 6);
    }
  }

  @Test
  void threads_do_not_disturb_each_other() throws Exception {
    TorchScriptModel model = ScriptedModels.NORMALIZED.scripted(folder);
    List<double[]> expected = IntStream.range(0, 8).mapToObj(i -> logits(model, i)).toList();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<double[]>> results = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        int which = i % 8;
        results.add(threads.submit(() -> logits(model, which)));
      }
      for (int i = 0; i < 40; i++) {
        assertThat(results.get(i).get()).containsExactly(expected.get(i % 8));
      }
    } finally {
      threads.shutdown();
    }
  }

  private static double[] logits(TorchScriptModel model, int which) {
    try (TensorScope inner = TensorScope.open()) {
      NamedTensors parameters =
          model.initialParameters(RandomStream.seeded(1)).map(t -> t.mul(new Scalar(which + 1)));
      Tensor images = images(model, 4).to(ScalarType.Float);
      return Tensors.toDoubles(
          model.forward(images, parameters, model.initialBuffers(), Passes.training()).logits());
    }
  }

  @Test
  void tied_weights_are_one_parameter_under_the_first_name() {
    Script.Unit unit = new Script.Unit();
    Tensor weight = torch.eye(3).requires_grad_(true);
    Script network =
        unit.module("Tied")
            .inner("encoder", linear(unit, weight))
            .inner("decoder", linear(unit, weight))
            .forward("return self.decoder.forward(self.encoder.forward(torch.flatten(x, 1)))");
    TorchScriptModel model = read(network);
    NamedTensors parameters = model.initialParameters(RandomStream.seeded(1));
    assertThat(parameters.names()).containsExactly("encoder.weight");

    NamedTensors doubled = parameters.map((Tensor t) -> t.mul(new Scalar(2))).asLeaves();
    Tensor logits =
        model.forward(rows(1, 2, 3), doubled, NamedTensors.empty(), Mode.evaluation()).logits();

    assertThat(Tensors.toDoubles(logits)).containsExactly(4, 8, 12);
    // Of w^2 x summed over the classes, so that both places count.
    assertThat(Tensors.toDoubles(Tensors.gradients(logits.sum(), doubled).get("encoder.weight")))
        .containsExactly(4, 8, 12, 4, 8, 12, 4, 8, 12);
  }

  @Test
  void frozen_parameters_are_not_trained_and_come_out_as_they_went_in() {
    Script.Unit unit = new Script.Unit();
    Script network =
        unit.module("Frozen")
            .inner("body", linear(unit, torch.eye(3)))
            .inner("head", linear(unit, torch.eye(3).requires_grad_(true)))
            .forward("return self.head.forward(self.body.forward(torch.flatten(x, 1)))");
    TorchScriptModel model = read(network);
    NamedTensors frozen = model.initialBuffers();

    assertThat(model.initialParameters(RandomStream.seeded(1)).names())
        .containsExactly("head.weight");
    assertThat(frozen.names()).containsExactly("body.weight");
    NamedTensors other = frozen.map((Tensor t) -> t.mul(new Scalar(3)));
    Model.Output output =
        model.forward(
            rows(1, 2, 3),
            model.initialParameters(RandomStream.seeded(1)),
            other,
            Passes.training());
    assertThat(Tensors.toDoubles(output.logits())).containsExactly(3, 6, 9);
    assertEqual(output.buffers(), other);
  }

  @Test
  void attributes_of_all_kinds_are_passed_by() {
    Script.Unit unit = new Script.Unit();
    Script network =
        scaled(unit)
            .attribute("flag", BoolType.get().get(), new IValue(true))
            .attribute("count", IntType.getIntTypePtr().get(), new IValue(7L))
            .attribute("rate", FloatType.getFloatTypePtr().get(), new IValue(0.5))
            .attribute("padding_mode", StringType.get().get(), new IValue("zeros"))
            .attribute("hook", OptionalType.ofTensor().get(), new IValue())
            .attribute("mask", OptionalType.ofTensor().get(), new IValue(torch.ones(3)))
            .attribute(
                "sizes",
                ListType.ofInts(),
                Script.evaluate("def f() -> List[int]:\n    return [1, 2]"))
            .attribute(
                "tables",
                ListType.ofTensors(),
                Script.evaluate(
                    "def f(x: Tensor) -> List[Tensor]:\n    return [x]", new IValue(torch.ones(3))))
            .noParameter("bias")
            .inner("empty", unit.module("Identity").forward("return x"))
            .forward(
                "mask = self.mask",
                "assert mask is not None",
                "x = torch.flatten(self.empty.forward(x), 1) * self.tables[0] * mask",
                "return x * self.scale * self.sizes[1]");
    TorchScriptModel model = read(network);

    assertThat(model.initialParameters(RandomStream.seeded(1)).names()).containsExactly("scale");
    assertThat(model.initialBuffers().names()).containsExactly("mask");
    assertThat(Tensors.toDoubles(onRow(model, 1, 2, 3))).containsExactly(2, 4, 6);
  }

  @Test
  void dropout_follows_the_mode_and_its_random_generator() {
    TorchScriptModel model =
        read(
            row()
                .forward(
                    "x = torch.flatten(x, 1).repeat([1, 50])",
                    "x = torch.dropout(x, 0.5, self.training)",
                    "return x.view([-1, 50, 3]).mean(1) * self.scale"));

    double[] first = withSeed(model, 1);
    assertThat(withSeed(model, 1)).containsExactly(first);
    assertThat(withSeed(model, 2)).isNotEqualTo(first);
    assertThat(Tensors.toDoubles(onRow(model, 1, 2, 3)))
        .containsExactly(new double[] {1, 2, 3}, within(1e-6));
  }

  private static double[] withSeed(TorchScriptModel model, long seed) {
    RandomStream random = RandomStream.seeded(seed);
    return Tensors.toDoubles(
        model
            .forward(
                rows(1, 2, 3),
                model.initialParameters(random),
                model.initialBuffers(),
                Mode.training(random))
            .logits());
  }

  @Test
  void numbers_of_other_types_become_float32() {
    Script.Unit unit = new Script.Unit();
    Script network =
        unit.module("Half")
            .parameter("scale", torch.ones(3).to(ScalarType.Double).requires_grad_(true))
            .buffer("shift", torch.zeros(3).to(ScalarType.Half))
            .buffer("steps", torch.zeros(3).to(ScalarType.Int))
            .forward("return torch.flatten(x, 1) * self.scale + self.shift");
    TorchScriptModel model = read(network);

    assertThat(types(model.initialParameters(RandomStream.seeded(1))))
        .containsExactly(ScalarType.Float);
    assertThat(types(model.initialBuffers())).containsExactly(ScalarType.Float, ScalarType.Int);
  }

  private static List<ScalarType> types(NamedTensors tensors) {
    return tensors.tensors().stream().map(t -> t.scalar_type().intern()).toList();
  }

  @ParameterizedTest
  @EnumSource
  void in_bfloat16_it_is_what_the_model_of_this_library_is(ScriptedModels models) {
    Model own = Precision.BFLOAT16.of(models.own());
    Model scripted = Precision.BFLOAT16.of(models.scripted(folder));
    NamedTensors parameters = own.initialParameters(RandomStream.seeded(8)).asLeaves();
    Tensor images = images(own, 4).to(ScalarType.Float);

    Model.Output expected =
        own.forward(images, parameters, own.initialBuffers(), Passes.training());
    Model.Output actual =
        scripted.forward(images, parameters, own.initialBuffers(), Passes.training());

    assertEqual(actual.logits(), expected.logits());
    assertEqual(curvature(actual.logits(), parameters), curvature(expected.logits(), parameters));
    double[] exact =
        Tensors.toDoubles(
            models
                .own()
                .forward(images, parameters, own.initialBuffers(), Passes.training())
                .logits());
    assertThat(Tensors.toDoubles(actual.logits())).isNotEqualTo(exact);
  }

  @Test
  void forward_mode_derivatives_are_refused() {
    TorchScriptModel model = ScriptedModels.NORMALIZED.scripted(folder);
    NamedTensors parameters = model.initialParameters(RandomStream.seeded(1));
    Tensor images = images(model, 4).to(ScalarType.Float);

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                DualNumbers.derivativeAlong(
                    parameters,
                    parameters,
                    at ->
                        model
                            .forward(images, at, model.initialBuffers(), Passes.training())
                            .logits()))
        .withMessageContaining("no forward-mode derivatives");
  }

  @Test
  void what_is_written_is_the_same_model_with_other_weights() throws IOException {
    TorchScriptModel model = ScriptedModels.NORMALIZED.scripted(folder);
    NamedTensors weights =
        model
            .initialParameters(RandomStream.seeded(1))
            .with(model.initialBuffers())
            .map((Tensor t) -> t.is_floating_point() ? t.mul(new Scalar(1.5)) : t);
    Path target = folder.resolve("trained.pt");

    model.write(target, weights);
    TorchScriptModel written = TorchScriptModel.read(target, model.input(), 5, CPU);

    assertThat(written.initialParameters(RandomStream.seeded(1)).names())
        .isEqualTo(model.initialParameters(RandomStream.seeded(1)).names());
    assertEqual(
        written.initialParameters(RandomStream.seeded(1)).with(written.initialBuffers()), weights);
    assertThat(torch.load(target.toString()).is_training()).isFalse();
    assertThat(folder).isDirectoryContaining(path -> path.endsWith("trained.pt"));
  }

  @Test
  void images_of_another_shape_are_rejected() {
    TorchScriptModel model = read(row().forward("return torch.flatten(x, 1) * self.scale"));

    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                model.forward(
                    torch.zeros(2, 1, 3, 1),
                    model.initialParameters(RandomStream.seeded(1)),
                    NamedTensors.empty(),
                    Mode.evaluation()))
        .withMessage("images of shape [2, 1, 3, 1], allowed: [B, 1, 1, 3]");
  }

  @Test
  void a_pass_that_fails_says_so_in_one_line() {
    TorchScriptModel model =
        read(
            row()
                .forward(
                    "assert x.size(0) > 1, \"too few\"",
                    "return torch.flatten(x, 1) * self.scale"));

    assertThatThrownBy(() -> onRow(model, 1, 2, 3))
        .isInstanceOf(ScriptFailedException.class)
        .hasMessage(
            folder.resolve("row.pt") + ": fails on images [1, 1, 1, 3]: AssertionError: too few");
  }

  @Test
  void the_executor_is_as_it_was_also_after_an_error() {
    a_pass_that_fails_says_so_in_one_line();

    assertThat(torch.getGraphExecutorOptimize()).isTrue();
  }

  private Script row() {
    return scaled(new Script.Unit());
  }

  private static Script scaled(Script.Unit unit) {
    return unit.module("Row").parameter("scale", torch.ones(3).requires_grad_(true));
  }

  private static Script linear(Script.Unit unit, Tensor weight) {
    return unit.module("Linear")
        .parameter("weight", weight)
        .forward("return torch.matmul(x, self.weight.t())");
  }

  private TorchScriptModel read(Script script) {
    return TorchScriptModel.read(script.save(folder.resolve("row.pt")), ROW, 3, CPU);
  }

  private static Tensor rows(float... pixels) {
    return Tensors.of(pixels, pixels.length / 3, 1, 1, 3);
  }

  private static Tensor onRow(TorchScriptModel model, float... pixels) {
    return model
        .forward(
            rows(pixels),
            model.initialParameters(RandomStream.seeded(1)),
            model.initialBuffers(),
            Mode.evaluation())
        .logits();
  }

  private static Tensor images(Model model, int count) {
    ImageShape shape = model.input();
    return Passes.normal(6, count, shape.channels(), shape.height(), shape.width());
  }

  private static void assertEqual(NamedTensors actual, NamedTensors expected) {
    assertThat(actual.names()).containsExactlyInAnyOrderElementsOf(expected.names());
    expected.names().forEach(name -> assertEqual(actual.get(name), expected.get(name)));
  }

  private static void assertEqual(Tensor actual, Tensor expected) {
    assertThat(actual.scalar_type().intern()).isEqualTo(expected.scalar_type().intern());
    assertThat(Tensors.toDoubles(actual)).isEqualTo(Tensors.toDoubles(expected));
  }
}
