package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.meta.Checkpointed;
import io.github.smartaug.meta.HypergradientEstimator;
import io.github.smartaug.meta.InnerState;
import io.github.smartaug.meta.PairedProbe;
import io.github.smartaug.meta.Truncated;
import io.github.smartaug.nn.MemoryFormat;
import io.github.smartaug.nn.Mode;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.Models;
import io.github.smartaug.nn.Precision;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PrecisionTest {
  private static final Model LENET = Models.create("lenet", new ImageShape(3, 28, 28), 10);
  private static final TrainingControls SHORT =
      new TrainingControls(
          1, OptionalDouble.empty(), 1, Precision.BFLOAT16, MetaControls.defaults());

  @ParameterizedTest
  @CsvSource({"1", "3"})
  void training_in_bfloat16_learns_and_keeps_float32(int innerSteps) {
    try (TensorScope scope = TensorScope.open();
        TrainingResult result =
            SmallRun.train(
                SmallRun.normalized(3),
                SmallRun.policy(),
                SmallRun.options(12, innerSteps).toBuilder().controls(SHORT).build())) {
      assertThat(result.last().trainLoss()).isLessThan(0.7 * result.epochs().get(0).trainLoss());
      assertThat(result.last().policy()).isNotEqualTo(PolicyReports.of(SmallRun.policy()));
      assertThat(result.last().details().skippedMetaSteps()).isZero();
      assertThat(types(result.parameters())).containsOnly(ScalarType.Float);
      assertThat(result.buffers().get("bn.running_var").scalar_type().intern())
          .isEqualTo(ScalarType.Float);
    }
  }

  static Stream<Arguments> modelsAndSteps() {
    return Stream.of(LENET, SmallRun.normalized(3, 3))
        .flatMap(model -> Stream.of(arguments(model, 1), arguments(model, 2)));
  }

  /** Two steps, so that gradients are differentiated; about a dozen roundings to 2^-8. */
  @ParameterizedTest
  @MethodSource("modelsAndSteps")
  void hypergradients_are_float32_and_close_to_those_without(Model model, int steps) {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors exact =
          new ShortRun(ScalarType.Float, model, model).hypergradient(steps, o -> o);

      NamedTensors shorter =
          new ShortRun(ScalarType.Float, Precision.BFLOAT16.of(model), model)
              .hypergradient(steps, o -> o);

      assertThat(types(shorter)).containsOnly(ScalarType.Float);
      for (String parameter : exact.names()) {
        double relative = relativeError(shorter.get(parameter), exact.get(parameter));
        assertThat(relative).as(parameter).isPositive().isLessThan(0.05);
      }
    }
  }

  static Stream<Arguments> modelsAndEstimators() {
    return Stream.of(LENET, SmallRun.normalized(3, 3))
        .flatMap(
            model ->
                Stream.of(new Checkpointed(), new Truncated(1), new PairedProbe(4))
                    .map(estimator -> arguments(model, estimator)));
  }

  /**
   * Validated in bfloat16, too. Where two values of a window are close, rounding decides which is
   * the largest; a probe of few images feels that most. By autograd alone, without tangents of
   * layers, the errors are the same.
   */
  @ParameterizedTest
  @MethodSource("modelsAndEstimators")
  void estimators_find_about_the_same_all_in_bfloat16(
      Model model, HypergradientEstimator estimator) {
    Model shorter = Precision.BFLOAT16.of(model.in(MemoryFormat.CHANNELS_LAST));
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors exact = new ShortRun(ScalarType.Float, model, model).hypergradient(estimator, 2);

      NamedTensors found =
          new ShortRun(ScalarType.Float, shorter, shorter).hypergradient(estimator, 2);

      assertThat(types(found)).containsOnly(ScalarType.Float);
      for (String parameter : exact.names()) {
        assertThat(relativeError(found.get(parameter), exact.get(parameter)))
            .as(parameter)
            .isPositive()
            .isLessThan(0.15);
      }
    }
  }

  /** The linear part of the pass is computed as the pass is. */
  @ParameterizedTest
  @MethodSource("models")
  void tangents_are_float32_and_close_to_those_without(Model model) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor exact = tangent(model);

      Tensor shorter = tangent(Precision.BFLOAT16.of(model));

      assertThat(shorter.scalar_type().intern()).isEqualTo(ScalarType.Float);
      assertThat(relativeError(shorter, exact)).isPositive().isLessThan(0.15);
    }
  }

  static Stream<Model> models() {
    return Stream.of(LENET, SmallRun.normalized(3, 3));
  }

  private static Tensor tangent(Model model) {
    RandomStream random = RandomStream.seeded(1);
    NamedTensors parameters = model.initialParameters(random);
    ImageShape shape = model.input();
    int pixels = 6 * shape.channels() * shape.height() * shape.width();
    Tensor images =
        Tensors.of(
                random.doubles(pixels).toArray(),
                6,
                shape.channels(),
                shape.height(),
                shape.width())
            .to(ScalarType.Float);
    try (Model.Linearized pass =
        model
            .linearize(images, parameters, model.initialBuffers(), Mode.training(random))
            .orElseThrow()) {
      return pass.tangent(model.initialParameters(random));
    }
  }

  private static double relativeError(Tensor found, Tensor exact) {
    return Tensors.item(found.sub(exact).norm()) / Tensors.item(exact.norm());
  }

  @Test
  void the_state_after_a_step_is_float32() {
    try (TensorScope scope = TensorScope.open()) {
      InnerState state =
          new ShortRun(ScalarType.Float, Precision.BFLOAT16.of(LENET), LENET).plainStep(o -> o);

      assertThat(types(state.parameters())).containsOnly(ScalarType.Float);
      assertThat(types(state.optimizer().tensors())).containsOnly(ScalarType.Float);
    }
  }

  @Test
  void autocast_is_as_it_was_also_after_an_error() {
    Model model = Precision.BFLOAT16.of(SmallRun.perceptron(3));
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors parameters = model.initialParameters(RandomStream.seeded(1));
      Tensor images = Tensors.of(new float[36], 1, 1, 6, 6);
      Tensor wrong = Tensors.of(new float[35], 1, 1, 5, 7);

      model.forward(images, parameters, NamedTensors.empty(), Mode.evaluation());
      assertThatIllegalArgumentException()
          .isThrownBy(
              () -> model.forward(wrong, parameters, NamedTensors.empty(), Mode.evaluation()));

      assertThat(torch.is_autocast_enabled(DeviceType.CPU)).isFalse();
      assertThat(torch.is_autocast_cache_enabled()).isTrue();
    }
  }

  @Test
  void float32_is_the_model_itself() {
    Model model = SmallRun.perceptron(3);

    assertThat(Precision.FLOAT32.of(model)).isSameAs(model);
  }

  private static Stream<ScalarType> types(NamedTensors tensors) {
    return tensors.tensors().stream().map(tensor -> tensor.scalar_type().intern());
  }
}
