package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.augment.NoAugmentation;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.loss.CrossEntropy;
import io.github.smartaug.meta.Checkpointed;
import io.github.smartaug.meta.FiniteDifference;
import io.github.smartaug.meta.Forward;
import io.github.smartaug.meta.HypergradientEstimator;
import io.github.smartaug.meta.InnerStep;
import io.github.smartaug.meta.Neumann;
import io.github.smartaug.meta.Truncated;
import io.github.smartaug.meta.Unrolled;
import io.github.smartaug.nn.Activation;
import io.github.smartaug.nn.BatchNorm2d;
import io.github.smartaug.nn.Conv2d;
import io.github.smartaug.nn.Dropout;
import io.github.smartaug.nn.Flatten;
import io.github.smartaug.nn.InnerValues;
import io.github.smartaug.nn.LayeredModel;
import io.github.smartaug.nn.Linear;
import io.github.smartaug.nn.MaxPool2d;
import io.github.smartaug.nn.Mode;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.Precision;
import io.github.smartaug.nn.Residual;
import io.github.smartaug.nn.Sequential;
import io.github.smartaug.nn.Window;
import io.github.smartaug.optim.DifferentiableSgd;
import io.github.smartaug.optim.GradientClipping;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A model that computes its values again, under all estimators, with batch normalisation. */
class RecomputedModelTest {
  private static final InnerStep STEP =
      new InnerStep(new DifferentiableSgd(), Optional.of(new GradientClipping(0.1)));
  private static final Hyperparameters HYPERPARAMETERS =
      new DifferentiableSgd().defaults().with(Hyperparameters.LEARNING_RATE, 0.1);

  private static final ImageShape IMAGES = new ImageShape(3, 8, 8);

  private static Model model() {
    Window three = Window.of(3).withPadding(1);
    return new LayeredModel(
        IMAGES,
        4,
        Sequential.of(
            new Conv2d("c1", 3, 6, three),
            new BatchNorm2d("b1", 6),
            Activation.SILU,
            new Residual(
                Sequential.of(new Conv2d("c2", 6, 6, three), new BatchNorm2d("b2", 6)),
                Sequential.of()),
            Activation.SILU,
            new MaxPool2d(2),
            new Dropout(0.2),
            new Flatten(),
            new Linear("fc", 96, 4)));
  }

  static Stream<HypergradientEstimator> estimators() {
    return Stream.of(
        new Unrolled(),
        new Checkpointed(),
        new Truncated(1),
        new Forward(),
        new FiniteDifference(),
        new Neumann(2));
  }

  @ParameterizedTest
  @MethodSource("estimators")
  void every_estimator_has_the_same_hypergradient(HypergradientEstimator estimator) {
    try (TensorScope scope = TensorScope.open()) {
      requireClose(
          hypergradient(model().recomputed(), estimator), hypergradient(model(), estimator));
    }
  }

  private static NamedTensors hypergradient(Model model, HypergradientEstimator estimator) {
    return new ImageProblem(model, ScalarType.Double)
        .hypergradient(estimator, STEP, HYPERPARAMETERS, 2, UnaryOperator.identity());
  }

  @Test
  void a_probe_has_the_same_hypergradient() {
    try (TensorScope scope = TensorScope.open()) {
      requireClose(probed(model().recomputed()), probed(model()));
    }
  }

  private static NamedTensors probed(Model model) {
    return new ImageProblem(model, ScalarType.Double)
        .probed(STEP, HYPERPARAMETERS, UnaryOperator.identity());
  }

  private static void requireClose(NamedTensors actual, NamedTensors expected) {
    for (String name : expected.names()) {
      double largest = Tensors.item(expected.get(name).abs().max());
      assertThat(largest).as(name).isPositive().isFinite();
      assertThat(Tensors.toDoubles(actual.get(name)))
          .as(name)
          .containsExactly(Tensors.toDoubles(expected.get(name)), within(1e-8 * largest));
    }
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void gradients_are_the_same_bits_in_every_precision(Precision precision) {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors expected = gradients(precision.of(model()));
      NamedTensors actual = gradients(precision.of(model().recomputed()));
      for (String name : expected.names()) {
        assertThat(actual.get(name).equal(expected.get(name))).as(name).isTrue();
      }
    }
  }

  private static NamedTensors gradients(Model model) {
    NamedTensors leaves = model.initialParameters(RandomStream.seeded(1)).asLeaves();
    double[] pixels = RandomStream.seeded(2).doubles(5 * 3 * 8 * 8).toArray();
    Tensor images = Tensors.of(pixels, 5, 3, 8, 8).to(ScalarType.Float);
    Mode mode = Mode.training(RandomStream.seeded(3));
    Tensor logits = model.forward(images, leaves, model.initialBuffers(), mode).logits();
    return Tensors.gradients(
        CrossEntropy.mean(logits, Tensors.of(new long[] {0, 1, 2, 3, 0}, 5)), leaves);
  }

  /** The policy is applied but not learned, so that all derivatives are first ones. */
  @Test
  void a_run_leaves_the_same_weights() {
    try (TensorScope scope = TensorScope.open();
        TrainingResult expected = run(InnerValues.KEPT);
        TrainingResult actual = run(InnerValues.RECOMPUTED)) {
      for (String name : expected.parameters().names()) {
        assertThat(actual.parameters().get(name).equal(expected.parameters().get(name)))
            .as(name)
            .isTrue();
      }
    }
  }

  private static TrainingResult run(InnerValues values) {
    TrainingOptions options = SmallRun.options(2, 2);
    TrainingControls controls = options.controls().toBuilder().innerValues(values).build();
    return SmallRun.train(
        SmallRun.normalized(3),
        new NoAugmentation(),
        options.toBuilder().controls(controls).build());
  }

  @Test
  void a_model_that_is_not_made_of_layers_says_so() {
    Model model = new PixelModel(2);
    assertThatThrownBy(model::recomputed)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("allowed: a model of layers");
  }
}
