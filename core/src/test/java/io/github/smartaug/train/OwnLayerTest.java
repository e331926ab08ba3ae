package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.meta.HypergradientEstimator;
import io.github.smartaug.meta.InnerObjective;
import io.github.smartaug.meta.InnerStep;
import io.github.smartaug.meta.Truncated;
import io.github.smartaug.meta.Unrolled;
import io.github.smartaug.nn.Conv2d;
import io.github.smartaug.nn.Flatten;
import io.github.smartaug.nn.ForwardPass;
import io.github.smartaug.nn.Layer;
import io.github.smartaug.nn.LayeredModel;
import io.github.smartaug.nn.Linear;
import io.github.smartaug.nn.MaxPool2d;
import io.github.smartaug.nn.MemoryFormat;
import io.github.smartaug.nn.Mode;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.Residual;
import io.github.smartaug.nn.Sequential;
import io.github.smartaug.nn.TangentPass;
import io.github.smartaug.nn.Window;
import io.github.smartaug.optim.DifferentiableSgd;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers of a user that can be linearized. */
class OwnLayerTest {
  private static final ImageShape SHAPE = new ImageShape(3, 8, 8);

  /** {@code tanh(s x)} with a learned s, and what the forward pass found out about the slope. */
  private record ScaledTanh(String name) implements Layer {
    @Override
    public Tensor forward(Tensor input, ForwardPass pass) {
      try (TensorScope scope = TensorScope.open()) {
        Tensor output = input.mul(pass.parameter(name)).tanh();
        pass.leave(output.square().neg().add(new Scalar(1.0)));
        return scope.keep(output);
      }
    }

    @Override
    public boolean isLinearizable() {
      return true;
    }

    @Override
    public Tensor tangent(Tensor inputTangent, TangentPass pass) {
      try (TensorScope scope = TensorScope.open()) {
        Tensor slope = pass.values().note().orElseThrow();
        Tensor own = slope.mul(pass.values().input()).mul(pass.direction(name));
        Tensor passed =
            TangentPass.linear(
                inputTangent, tangent -> slope.mul(pass.parameter(name)).mul(tangent));
        return scope.keep(TangentPass.sum(passed, own));
      }
    }

    @Override
    public NamedTensors initialParameters(RandomGenerator random) {
      return NamedTensors.of(name, Tensors.of(new float[] {1.3f}, 1));
    }
  }

  /** A layer made of two layers, which leaves a note of its own besides: {@code a(x) * b(x)}. */
  private record Product(Layer first, Layer second) implements Layer {
    @Override
    public Tensor forward(Tensor input, ForwardPass pass) {
      try (TensorScope scope = TensorScope.open()) {
        Tensor left = pass.apply(first, input);
        pass.leave(left);
        return scope.keep(left.mul(pass.apply(second, input)));
      }
    }

    @Override
    public boolean isLinearizable() {
      return true;
    }

    @Override
    public Tensor tangent(Tensor inputTangent, TangentPass pass) {
      try (TensorScope scope = TensorScope.open()) {
        Tensor left = pass.values().note().orElseThrow();
        Tensor right = pass.values().output().div(left);
        Tensor ofLeft = pass.apply(first, inputTangent);
        Tensor ofRight = pass.apply(second, inputTangent);
        return scope.keep(ofLeft.mul(right).add(ofRight.mul(left)));
      }
    }

    @Override
    public NamedTensors initialParameters(RandomGenerator random) {
      return first.initialParameters(random).with(second.initialParameters(random));
    }
  }

  /** Forgets the layer inside. */
  private record Forgetful(Layer inside) implements Layer {
    @Override
    public Tensor forward(Tensor input, ForwardPass pass) {
      return pass.apply(inside, input);
    }

    @Override
    public boolean isLinearizable() {
      return true;
    }

    @Override
    public Tensor tangent(Tensor inputTangent, TangentPass pass) {
      return new Tensor(pass.values().output());
    }

    @Override
    public NamedTensors initialParameters(RandomGenerator random) {
      return inside.initialParameters(random);
    }
  }

  private static Model model() {
    return model(
        Sequential.of(
            new Conv2d("conv", 3, 4, Window.of(3)),
            new ScaledTanh("first"),
            new Residual(
                Sequential.of(new ScaledTanh("second"), new ScaledTanh("third")), Sequential.of()),
            new MaxPool2d(2),
            new Product(
                new ScaledTanh("fourth"), new Residual(new ScaledTanh("fifth"), Sequential.of())),
            new Flatten(),
            new Linear("fc", 36, 10)));
  }

  private static Model model(Layer network) {
    return new LayeredModel(SHAPE, 10, MemoryFormat.CONTIGUOUS, network);
  }

  static Stream<HypergradientEstimator> estimators() {
    return Stream.of(new Unrolled(), new Truncated(1));
  }

  @ParameterizedTest
  @MethodSource("estimators")
  void hypergradients_are_those_of_second_derivatives(HypergradientEstimator estimator) {
    try (TensorScope scope = TensorScope.open()) {
      ImageProblem problem = new ImageProblem(model(), ScalarType.Double);
      EqualToRounding.require(
          hypergradient(problem, estimator, UnaryOperator.identity()),
          hypergradient(
              problem, estimator, objective -> (p, b, meta) -> objective.evaluate(p, b, meta)));
    }
  }

  @Test
  void a_model_of_such_layers_is_linearized() {
    try (TensorScope scope = TensorScope.open();
        Model.Linearized linearized = linearized(model())) {
      assertThat(linearized.output().logits().shape()).containsExactly(2, 10);
    }
  }

  @Test
  void a_tangent_that_leaves_out_a_layer_is_reported() {
    try (TensorScope scope = TensorScope.open();
        Model.Linearized linearized =
            linearized(
                model(Sequential.of(new Flatten(), new Forgetful(new Linear("fc", 192, 10)))))) {
      NamedTensors direction =
          NamedTensors.of("fc.weight", Tensors.of(new float[1920], 10, 192))
              .with(NamedTensors.of("fc.bias", Tensors.of(new float[10], 10)));
      assertThatThrownBy(() -> linearized.tangent(direction))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("leaves out layers");
    }
  }

  private static Model.Linearized linearized(Model model) {
    NamedTensors parameters = model.initialParameters(RandomStream.seeded(1));
    Tensor images = Tensors.of(new float[2 * 192], 2, 3, 8, 8);
    Mode mode = Mode.training(RandomStream.seeded(2));
    return model.linearize(images, parameters, NamedTensors.empty(), mode).orElseThrow();
  }

  private static NamedTensors hypergradient(
      ImageProblem problem,
      HypergradientEstimator estimator,
      UnaryOperator<InnerObjective> seenAs) {
    Hyperparameters hyperparameters =
        new DifferentiableSgd().defaults().with(Hyperparameters.LEARNING_RATE, 0.1);
    InnerStep step = new InnerStep(new DifferentiableSgd(), Optional.empty());
    return problem.hypergradient(estimator, step, hyperparameters, 1, seenAs);
  }
}
