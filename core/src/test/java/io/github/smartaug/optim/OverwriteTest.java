package io.github.smartaug.optim;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.optim.DifferentiableOptimizer.Update;
import io.github.smartaug.optim.OptimizerRows.Row;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Updates that may overwrite what they are given, next to those that may not. */
class OverwriteTest {
  static Stream<Row> rows() {
    return OptimizerRows.all();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void steps_that_overwrite_give_the_bits_of_those_that_do_not(Row row) {
    requireSameBits(row.optimizer(), row.hyperparameters());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void they_do_with_a_learning_rate_that_is_a_tensor(Row row) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor rate = Tensors.of(new float[] {0.003f}, 1).view(new long[0]);
      requireSameBits(
          row.optimizer(),
          row.hyperparameters().with(Hyperparameters.LEARNING_RATE, Hyperparameter.learned(rate)));
    }
  }

  @Test
  void they_do_with_parameter_groups() {
    DifferentiableOptimizer groups =
        new ParameterGroups(
            new DifferentiableSgd(),
            List.of(
                new ParameterGroups.Group(
                    "second",
                    (name, value) -> name.equals("b"),
                    Map.of(Hyperparameters.WEIGHT_DECAY, 0.1))));
    requireSameBits(
        groups,
        groups
            .defaults()
            .with(Hyperparameters.MOMENTUM, 0.9)
            .with(Hyperparameters.WEIGHT_DECAY, 0.01));
  }

  @Test
  void sgd_and_adam_write_where_the_parameters_were_and_leave_gradients_alone() {
    for (DifferentiableOptimizer optimizer :
        List.of(new DifferentiableSgd(), new DifferentiableAdam(), new DifferentiableAdamW())) {
      try (TensorScope scope = TensorScope.open()) {
        RandomStream random = RandomStream.seeded(4);
        NamedTensors parameters = drawn(random);
        NamedTensors gradients = drawn(random);
        NamedTensors gradientsBefore = gradients.copy();
        Update update =
            optimizer.overwrite(
                parameters,
                gradients,
                OverwriteTest::half,
                OptimizerState.initial(),
                optimizer.defaults());
        requireSame(update.parameters(), parameters);
        requireSame(gradients, gradientsBefore);
      }
    }
  }

  private static void requireSameBits(
      DifferentiableOptimizer optimizer, Hyperparameters hyperparameters) {
    try (TensorScope scope = TensorScope.open()) {
      RandomStream random = RandomStream.seeded(3);
      NamedTensors start = drawn(random);
      Update pure = new Update(start, OptimizerState.initial());
      Update overwritten = new Update(start.copy(), OptimizerState.initial());
      for (int step = 0; step < 8; step++) {
        NamedTensors gradients = drawn(random);
        pure =
            optimizer.update(
                pure.parameters(),
                gradients.map(OverwriteTest::half),
                pure.state(),
                hyperparameters);
        overwritten =
            optimizer.overwrite(
                overwritten.parameters(),
                gradients,
                OverwriteTest::half,
                overwritten.state(),
                hyperparameters);
        requireSame(overwritten.parameters(), pure.parameters());
        requireSame(overwritten.state().tensors(), pure.state().tensors());
        assertThat(overwritten.state().steps()).isEqualTo(pure.state().steps());
      }
    }
  }

  private static Tensor half(Tensor gradient) {
    return gradient.mul(new Scalar(0.5));
  }

  /** Of sizes that are no multiples of what vector instructions take at a time. */
  private static NamedTensors drawn(RandomStream random) {
    return NamedTensors.of("a", numbers(random, 17, 59))
        .with(NamedTensors.of("b", numbers(random, 5, 1)));
  }

  private static Tensor numbers(RandomStream random, int rows, int columns) {
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Tensors.of(values, rows, columns);
  }

  private static void requireSame(NamedTensors some, NamedTensors others) {
    assertThat(some.names()).isEqualTo(others.names());
    for (String name : some.names()) {
      assertThat(Tensors.toDoubles(some.get(name)))
          .as(name)
          .isEqualTo(Tensors.toDoubles(others.get(name)));
    }
  }
}
