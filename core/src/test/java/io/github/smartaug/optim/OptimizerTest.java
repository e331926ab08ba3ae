package io.github.smartaug.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.optim.OptimizerRows.Row;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Shared tests over the table of all optimizers; a new one is tested by adding rows. */
class OptimizerTest {
  /** The first of these is learned; enough for RAdam to trust its second moments. */
  private static final double[][] GRADIENTS = {
    {0.4, -0.2, 0.9, -1.1},
    {-0.3, 0.5, 0.1, 0.7},
    {0.2, 0.6, -0.8, 0.3},
    {-0.9, -0.4, 0.3, 0.6},
    {0.5, -0.7, -0.6, 0.2},
    {0.1, 0.3, 0.7, -0.5},
    {-0.6, 0.8, 0.2, -0.4}
  };

  private static final double[] DIRECTION = {1, -0.5, 0.25, 2};

  static Stream<Row> rows() {
    return OptimizerRows.all();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void fifty_steps_equal_those_of_libtorch_or_of_the_documented_rule(Row row) {
    try (TensorScope scope = TensorScope.open()) {
      ReferenceOptimizer reference = row.startReference();
      Run run = new Run(row, Tensors.of(OptimizerProblem.start(), 4));
      for (int step = 1; step <= 50; step++) {
        double[] expected = reference.step();
        run.step();
        // Rounding differs by the order of a few operations and adds up over the steps.
        assertThat(Tensors.toDoubles(run.parameters.get("x")))
            .as("step %d", step)
            .containsExactly(expected, within(1e-14 * step));
      }
      assertThat(run.state.steps()).isEqualTo(50);
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void fifty_steps_in_float32_stay_by_those_in_float64_and_in_float32(Row row) {
    try (TensorScope scope = TensorScope.open()) {
      Run exact = new Run(row, Tensors.of(OptimizerProblem.start(), 4));
      Run single = new Run(row, Tensors.of(new float[] {1.5f, -2, 0.3f, 0.7f}, 4));
      for (int step = 1; step <= 50; step++) {
        exact.step();
        single.step();
        assertThat(Tensors.toDoubles(single.parameters.get("x")))
            .as("step %d", step)
            .containsExactly(Tensors.toDoubles(exact.parameters.get("x")), within(1e-6 * step));
      }
      assertThat(single.parameters.get("x").scalar_type().intern()).isEqualTo(ScalarType.Float);
      single
          .state
          .tensors()
          .tensors()
          .forEach(slot -> assertThat(slot.scalar_type().intern()).isEqualTo(ScalarType.Float));
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void the_update_is_differentiable_in_parameters_gradients_state_and_hyperparameters(Row row) {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors inputs = inputs(row, GRADIENTS[0]);
      NamedTensors leaves = inputs.asLeaves();

      NamedTensors gradients = Tensors.gradients(projectedEnd(row, leaves), leaves);

      for (String name : inputs.names()) {
        double[] expected = finiteDifferences(row, inputs, name);
        assertThat(Tensors.toDoubles(gradients.get(name)))
            .as(name)
            .containsExactly(expected, within(1e-7 * (1 + largest(expected))));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void there_is_no_nan_where_gradients_are_zero(Row row) {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors leaves = inputs(row, new double[] {0, 1, 0, -1}).asLeaves();
      Tensor zeros = Tensors.of(new double[4], 4);
      Tensor end = end(row, leaves, List.of(leaves.get("gradient"), zeros, zeros));

      NamedTensors gradients = Tensors.gradients(end.sum(), leaves);

      assertThat(Tensors.toDoubles(end)).doesNotContain(Double.NaN);
      for (String name : leaves.names()) {
        assertThat(Tensors.toDoubles(gradients.get(name))).as(name).doesNotContain(Double.NaN);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void a_parameter_without_gradient_stays_if_nothing_decays(Row row) {
    try (TensorScope scope = TensorScope.open()) {
      Hyperparameters still = row.hyperparameters();
      for (String decay : List.of(Hyperparameters.WEIGHT_DECAY, DifferentiableAsgd.LAMBDA)) {
        still = still.contains(decay) ? still.with(decay, 0) : still;
      }
      NamedTensors parameters = NamedTensors.of("x", Tensors.of(OptimizerProblem.start(), 4));
      NamedTensors gradients = NamedTensors.of("x", Tensors.of(new double[4], 4));
      OptimizerState state = OptimizerState.initial();
      for (int step = 0; step < 3; step++) {
        DifferentiableOptimizer.Update update =
            row.optimizer().update(parameters, gradients, state, still);
        parameters = update.parameters();
        state = update.state();
      }
      assertThat(Tensors.toDoubles(parameters.get("x"))).containsExactly(OptimizerProblem.start());
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void every_parameter_moves_as_if_it_were_alone(Row row) {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors parameters =
          NamedTensors.of("b", Tensors.of(new double[] {0.3, -1}, 2))
              .with(NamedTensors.of("a", Tensors.of(new double[] {2}, 1, 1)));
      NamedTensors gradients =
          NamedTensors.of("a", Tensors.of(new double[] {-0.4}, 1, 1))
              .with(NamedTensors.of("b", Tensors.of(new double[] {0.2, 0.7}, 2)));

      DifferentiableOptimizer.Update both = twoUpdates(row, parameters, gradients);

      assertThat(both.parameters().names()).containsExactly("b", "a");
      for (String name : parameters.names()) {
        NamedTensors one = NamedTensors.of(name, parameters.get(name));
        DifferentiableOptimizer.Update alone = twoUpdates(row, one, gradients);
        assertThat(Tensors.toDoubles(both.parameters().get(name)))
            .containsExactly(Tensors.toDoubles(alone.parameters().get(name)));
        alone
            .state()
            .slots()
            .forEach(
                (slot, values) ->
                    assertThat(Tensors.toDoubles(both.state().slots().get(slot).get(name)))
                        .containsExactly(Tensors.toDoubles(values.get(name))));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void arguments_are_left_as_they_were(Row row) {
    try (TensorScope scope = TensorScope.open()) {
      Run run = new Run(row, Tensors.of(OptimizerProblem.start(), 4));
      run.step();
      NamedTensors parameters = run.parameters;
      NamedTensors slots = run.state.tensors();
      NamedTensors parametersBefore = parameters.copy();
      NamedTensors slotsBefore = slots.copy();

      run.step();

      assertSame(parameters, parametersBefore);
      assertSame(slots, slotsBefore);
    }
  }

  private static void assertSame(NamedTensors actual, NamedTensors expected) {
    for (String name : expected.names()) {
      assertThat(Tensors.toDoubles(actual.get(name)))
          .containsExactly(Tensors.toDoubles(expected.get(name)));
    }
  }

  private static DifferentiableOptimizer.Update twoUpdates(
      Row row, NamedTensors parameters, NamedTensors gradients) {
    DifferentiableOptimizer.Update first =
        row.optimizer()
            .update(parameters, gradients, OptimizerState.initial(), row.hyperparameters());
    return row.optimizer()
        .update(first.parameters(), gradients, first.state(), row.hyperparameters());
  }

  /** All that an update depends on: parameters, a gradient, hyperparameters other than zero. */
  private static NamedTensors inputs(Row row, double[] gradient) {
    NamedTensors inputs =
        NamedTensors.of("x", Tensors.of(OptimizerProblem.start(), 4))
            .with(NamedTensors.of("gradient", Tensors.of(gradient, 4)));
    for (String name : row.hyperparameters().names()) {
      Hyperparameter value = row.hyperparameters().get(name);
      if (!value.isZero()) {
        inputs = inputs.with(NamedTensors.of(name, Tensors.of(new double[] {value.value()})));
      }
    }
    return inputs;
  }

  /** Parameters after a few steps, of which the first has the gradient of the inputs. */
  private static Tensor end(Row row, NamedTensors inputs, List<Tensor> gradients) {
    Hyperparameters hyperparameters = row.hyperparameters();
    for (String name : hyperparameters.names()) {
      if (inputs.names().contains(name)) {
        hyperparameters = hyperparameters.with(name, Hyperparameter.learned(inputs.get(name)));
      }
    }
    NamedTensors parameters = NamedTensors.of("x", inputs.get("x"));
    OptimizerState state = OptimizerState.initial();
    for (Tensor gradient : gradients) {
      DifferentiableOptimizer.Update update =
          row.optimizer()
              .update(parameters, NamedTensors.of("x", gradient), state, hyperparameters);
      parameters = update.parameters();
      state = update.state();
    }
    return parameters.get("x");
  }

  private static Tensor projectedEnd(Row row, NamedTensors inputs) {
    List<Tensor> gradients = new ArrayList<>(List.of(inputs.get("gradient")));
    for (int step = 1; step < GRADIENTS.length; step++) {
      gradients.add(Tensors.of(GRADIENTS[step], 4));
    }
    return end(row, inputs, gradients).dot(Tensors.of(DIRECTION, 4));
  }

  private static double[] finiteDifferences(Row row, NamedTensors inputs, String name) {
    double width = 1e-6;
    double[] values = Tensors.toDoubles(inputs.get(name));
    double[] differences = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      double above = Tensors.item(projectedEnd(row, shifted(inputs, name, i, width)));
      double below = Tensors.item(projectedEnd(row, shifted(inputs, name, i, -width)));
      differences[i] = (above - below) / (2 * width);
    }
    return differences;
  }

  private static NamedTensors shifted(NamedTensors inputs, String name, int index, double by) {
    double[] values = Tensors.toDoubles(inputs.get(name));
    values[index] += by;
    return inputs.with(NamedTensors.of(name, Tensors.of(values, inputs.get(name).shape())));
  }

  private static double largest(double[] values) {
    return Arrays.stream(values).map(Math::abs).max().orElse(0);
  }

  /** Our optimizer at work on the problem. */
  private static final class Run {
    private final Row row;
    private NamedTensors parameters;
    private OptimizerState state = OptimizerState.initial();

    Run(Row row, Tensor start) {
      this.row = row;
      this.parameters = NamedTensors.of("x", start);
    }

    void step() {
      NamedTensors leaves = parameters.asLeaves();
      NamedTensors gradients = Tensors.gradients(OptimizerProblem.loss(leaves.get("x")), leaves);
      DifferentiableOptimizer.Update update =
          row.optimizer().update(leaves.detach(), gradients, state, row.hyperparameters());
      parameters = update.parameters();
      state = update.state();
    }
  }
}
