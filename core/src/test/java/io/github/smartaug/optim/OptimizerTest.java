package io.github.smartaug.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.Scope;
import io.github.smartaug.tensor.Tensors;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Shared tests over the table of all optimizers; a new one is tested by adding rows. */
class OptimizerTest {
  private static final double[] START = {1.5, -2, 0.3, 0.7};

  /** An optimizer with hyperparameters, and libtorch's own with the same ones. */
  record Row(
      String name,
      Optimizer optimizer,
      Hyperparameters hyperparameters,
      Function<TensorVector, org.bytedeco.pytorch.Optimizer> libtorch) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Row> rows() {
    return Stream.of(
        sgd("plain", 0, 0, 0, false),
        sgd("momentum", 0.9, 0, 0, false),
        sgd("momentum, weight decay", 0.9, 0, 0.05, false),
        sgd("momentum, dampening", 0.9, 0.3, 0, false),
        sgd("Nesterov, weight decay", 0.9, 0, 0.05, true),
        adam("defaults", 0.9, 0.999, 0),
        adam("weight decay", 0.9, 0.999, 0.05),
        adam("other betas", 0.5, 0.9, 0));
  }

  private static Row sgd(
      String name, double momentum, double dampening, double weightDecay, boolean nesterov) {
    Optimizer optimizer = new Sgd(nesterov ? Sgd.MomentumKind.NESTEROV : Sgd.MomentumKind.CLASSIC);
    Hyperparameters hyperparameters =
        optimizer
            .defaults()
            .with(Hyperparameters.LEARNING_RATE, 0.05)
            .with(Hyperparameters.MOMENTUM, momentum)
            .with(Hyperparameters.DAMPENING, dampening)
            .with(Hyperparameters.WEIGHT_DECAY, weightDecay);
    return new Row(
        "SGD, " + name,
        optimizer,
        hyperparameters,
        parameters -> {
          SGDOptions options = new SGDOptions(0.05);
          options.momentum().put(momentum);
          options.dampening().put(dampening);
          options.weight_decay().put(weightDecay);
          options.nesterov().put(nesterov);
          return new org.bytedeco.pytorch.SGD(parameters, options);
        });
  }

  private static Row adam(String name, double beta1, double beta2, double weightDecay) {
    Optimizer optimizer = new Adam();
    Hyperparameters hyperparameters =
        optimizer
            .defaults()
            .with(Hyperparameters.LEARNING_RATE, 0.05)
            .with(Hyperparameters.BETA1, beta1)
            .with(Hyperparameters.BETA2, beta2)
            .with(Hyperparameters.WEIGHT_DECAY, weightDecay);
    return new Row(
        "Adam, " + name,
        optimizer,
        hyperparameters,
        parameters -> {
          AdamOptions options = new AdamOptions(0.05);
          // A std::tuple: which element comes first in memory depends on the C++ library.
          if (options.betas().get(0) == 0.9) {
            options.betas().put(beta1, beta2);
          } else {
            options.betas().put(beta2, beta1);
          }
          options.weight_decay().put(weightDecay);
          return new org.bytedeco.pytorch.Adam(parameters, options);
        });
  }

  @ParameterizedTest
  @MethodSource("rows")
  void fifty_steps_equal_those_of_libtorch(Row row) {
    try (Scope scope = Scope.open()) {
      Tensor theirs = Tensors.of(START, START.length).requires_grad_(true);
      org.bytedeco.pytorch.Optimizer libtorch = row.libtorch().apply(new TensorVector(theirs));
      NamedTensors ours = NamedTensors.of("x", Tensors.of(START, START.length));
      OptimizerState state = OptimizerState.initial();
      for (int step = 0; step < 50; step++) {
        libtorch.zero_grad();
        loss(theirs).backward();
        libtorch.step();
        NamedTensors leaves = ours.asLeaves();
        NamedTensors gradients = Tensors.gradients(loss(leaves.get("x")), leaves);
        Optimizer.Update update =
            row.optimizer().update(leaves.detach(), gradients, state, row.hyperparameters());
        ours = update.parameters();
        state = update.state();
        // Rounding differs by the order of a few operations and adds up over the steps.
        assertThat(Tensors.toDoubles(ours.get("x")))
            .containsExactly(Tensors.toDoubles(theirs), within(1e-14 * (step + 1)));
      }
      assertThat(state.steps()).isEqualTo(50);
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void the_update_is_differentiable_in_gradients_parameters_state_and_learning_rate(Row row) {
    try (Scope scope = Scope.open()) {
      double[] gradient = {0.4, -0.2, 0.9, -1.1};
      double[] second = {-0.3, 0.5, 0.1, 0.7};
      double[] direction = {1, -0.5, 0.25, 2};
      double rate = 0.05;
      Tensor x = Tensors.of(START, 4).requires_grad_(true);
      Tensor g = Tensors.of(gradient, 4).requires_grad_(true);
      Tensor lr = Tensors.of(new double[] {rate}).squeeze().requires_grad_(true);

      Tensor result = twoSteps(row, x, g, Tensors.of(second, 4), Hyperparameter.learned(lr));
      NamedTensors inputs =
          NamedTensors.of("x", x).with(NamedTensors.of("g", g)).with(NamedTensors.of("lr", lr));
      NamedTensors gradients = Tensors.gradients(result.dot(Tensors.of(direction, 4)), inputs);

      double width = 1e-6;
      double numericalRate =
          (value(row, START, gradient, second, rate + width, direction)
                  - value(row, START, gradient, second, rate - width, direction))
              / (2 * width);
      assertThat(Tensors.item(gradients.get("lr"))).isCloseTo(numericalRate, within(1e-6));
      for (int i = 0; i < 4; i++) {
        double numericalX =
            (value(row, shifted(START, i, width), gradient, second, rate, direction)
                    - value(row, shifted(START, i, -width), gradient, second, rate, direction))
                / (2 * width);
        double numericalG =
            (value(row, START, shifted(gradient, i, width), second, rate, direction)
                    - value(row, START, shifted(gradient, i, -width), second, rate, direction))
                / (2 * width);
        assertThat(Tensors.toDoubles(gradients.get("x"))[i]).isCloseTo(numericalX, within(1e-6));
        assertThat(Tensors.toDoubles(gradients.get("g"))[i]).isCloseTo(numericalG, within(1e-6));
      }
    }
  }

  @Test
  void adam_has_no_nan_derivative_where_a_gradient_is_zero() {
    try (Scope scope = Scope.open()) {
      Tensor g = Tensors.of(new double[] {0, 1}, 2).requires_grad_(true);
      Adam adam = new Adam();
      Tensor updated =
          adam.update(
                  NamedTensors.of("x", Tensors.of(new double[] {1, 1}, 2)),
                  NamedTensors.of("x", g),
                  OptimizerState.initial(),
                  adam.defaults())
              .parameters()
              .get("x");
      NamedTensors gradients = Tensors.gradients(updated.sum(), NamedTensors.of("g", g));
      assertThat(Tensors.toDoubles(gradients.get("g"))).doesNotContain(Double.NaN);
    }
  }

  private static Tensor loss(Tensor x) {
    return x.square().mul(Tensors.of(new double[] {1, 2, 0.5, 3}, 4)).sum().add(x.sin().sum());
  }

  private static double value(
      Row row, double[] x, double[] g, double[] second, double rate, double[] direction) {
    try (Scope scope = Scope.open()) {
      Tensor result =
          twoSteps(
              row,
              Tensors.of(x, 4),
              Tensors.of(g, 4),
              Tensors.of(second, 4),
              Hyperparameter.constant(rate));
      return Tensors.item(result.dot(Tensors.of(direction, 4)));
    }
  }

  /** Two steps, so that the state matters too. */
  private static Tensor twoSteps(
      Row row, Tensor x, Tensor first, Tensor second, Hyperparameter rate) {
    Hyperparameters hyperparameters =
        row.hyperparameters().with(Hyperparameters.LEARNING_RATE, rate);
    NamedTensors parameters = NamedTensors.of("x", x);
    OptimizerState state = OptimizerState.initial();
    for (Tensor gradient : List.of(first, second)) {
      Optimizer.Update update =
          row.optimizer()
              .update(parameters, NamedTensors.of("x", gradient), state, hyperparameters);
      parameters = update.parameters();
      state = update.state();
    }
    return parameters.get("x");
  }

  private static double[] shifted(double[] values, int index, double by) {
    double[] changed = values.clone();
    changed[index] += by;
    return changed;
  }
}
