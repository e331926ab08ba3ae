package io.github.smartaug.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.optim.Hyperparameter;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.optim.OptimizerRows;
import io.github.smartaug.optim.OptimizerRows.Row;
import io.github.smartaug.optim.OptimizerState;
import io.github.smartaug.optim.Smoothness;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Hypergradients through every optimizer, with respect to the data and to all hyperparameters, of a
 * network in float64 that uses one weight twice and another not at all.
 */
class OptimizerHypergradientTest {
  /** Enough for RAdam to trust its second moments, from its sixth step on. */
  private static final int STEPS = 8;

  private static final double WIDTH = 1e-6;
  private static final int SAMPLES = 6;
  private static final int WIDTH_OF_NETWORK = 3;

  static Stream<Row> rows() {
    return OptimizerRows.all().filter(row -> row.optimizer().smoothness() != Smoothness.STEPS);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void hypergradients_equal_finite_differences_of_the_complete_inner_run(Row row) {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors meta = metaParameters(row);

      NamedTensors gradient = hypergradient(row, meta);

      for (String name : meta.names()) {
        double[] expected = finiteDifferences(row, meta, name);
        double scale = Math.max(Arrays.stream(expected).map(Math::abs).max().orElseThrow(), 1e-3);
        assertThat(Tensors.toDoubles(gradient.get(name)))
            .as(name)
            .containsExactly(expected, within(1e-6 * scale));
      }
    }
  }

  /** A scale of the inputs, and all hyperparameters but those that are switched off. */
  private static NamedTensors metaParameters(Row row) {
    NamedTensors meta = NamedTensors.of("scale", wave(1, WIDTH_OF_NETWORK).add(new Scalar(0.8)));
    for (String name : row.hyperparameters().names()) {
      Hyperparameter value = row.hyperparameters().get(name);
      if (!value.isZero()) {
        meta = meta.with(NamedTensors.of(name, Tensors.of(new double[] {value.value()})));
      }
    }
    return meta;
  }

  private static HyperparameterSource hyperparameters(Row row) {
    return meta -> {
      Hyperparameters values = row.hyperparameters();
      for (String name : values.names()) {
        if (meta.names().contains(name)) {
          values = values.with(name, Hyperparameter.learned(meta.get(name)));
        }
      }
      return values;
    };
  }

  private static InnerStep innerStep(Row row) {
    return new InnerStep(row.optimizer(), Optional.empty());
  }

  private static NamedTensors hypergradient(Row row, NamedTensors meta) {
    try (Trajectory trajectory = new Unrolled().start(innerStep(row), start(), meta, STEPS)) {
      for (int t = 0; t < STEPS; t++) {
        trajectory.step(inner(t), hyperparameters(row));
      }
      return trajectory.hypergradient(outer()).gradient();
    }
  }

  private static double[] finiteDifferences(Row row, NamedTensors meta, String name) {
    double[] values = Tensors.toDoubles(meta.get(name));
    double[] differences = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      double above = outerLoss(row, shifted(meta, name, i, WIDTH));
      double below = outerLoss(row, shifted(meta, name, i, -WIDTH));
      differences[i] = (above - below) / (2 * WIDTH);
    }
    return differences;
  }

  private static NamedTensors shifted(NamedTensors meta, String name, int index, double by) {
    double[] values = Tensors.toDoubles(meta.get(name));
    values[index] += by;
    return meta.with(NamedTensors.of(name, Tensors.of(values, meta.get(name).shape())));
  }

  private static double outerLoss(Row row, NamedTensors meta) {
    try (TensorScope scope = TensorScope.open()) {
      InnerState state = start();
      for (int t = 0; t < STEPS; t++) {
        state =
            innerStep(row).plain(state, inner(t), meta, hyperparameters(row).from(meta)).state();
      }
      return Tensors.item(outer().evaluate(state.parameters(), state.buffers(), meta));
    }
  }

  private static InnerState start() {
    NamedTensors parameters =
        NamedTensors.of("shared", wave(2, WIDTH_OF_NETWORK, WIDTH_OF_NETWORK))
            .with(NamedTensors.of("output", wave(3, WIDTH_OF_NETWORK, 1)))
            .with(NamedTensors.of("unused", wave(4, 2)));
    return new InnerState(parameters, OptimizerState.initial(), NamedTensors.empty());
  }

  private static InnerObjective inner(int step) {
    return (parameters, buffers, meta) -> {
      try (TensorScope scope = TensorScope.open()) {
        Tensor inputs = wave(5 + step, SAMPLES, WIDTH_OF_NETWORK).mul(meta.get("scale"));
        Tensor errors = predict(inputs, parameters).sub(wave(50 + step, SAMPLES, 1));
        return new InnerObjective.Evaluation(scope.keep(errors.square().sum()), buffers);
      }
    };
  }

  private static OuterObjective outer() {
    return (parameters, buffers, meta) -> {
      try (TensorScope scope = TensorScope.open()) {
        Tensor inputs = wave(100, SAMPLES, WIDTH_OF_NETWORK);
        Tensor errors = predict(inputs, parameters).sub(wave(101, SAMPLES, 1));
        return scope.keep(errors.square().mean());
      }
    };
  }

  private static Tensor predict(Tensor inputs, NamedTensors parameters) {
    Tensor shared = parameters.get("shared");
    return inputs.matmul(shared).tanh().matmul(shared).tanh().matmul(parameters.get("output"));
  }

  /** Numbers in [-1,1] without a pattern. */
  private static Tensor wave(int seed, long... shape) {
    int size = (int) Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = Math.sin(seed * 12.9898 + i * 78.233);
    }
    return Tensors.of(values, shape);
  }
}
