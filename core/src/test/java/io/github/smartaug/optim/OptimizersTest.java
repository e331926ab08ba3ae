package io.github.smartaug.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OptimizersTest {
  @ParameterizedTest
  @CsvSource({
    "sgd, 0.1",
    "adam, 0.05",
    "adamw, 0.05",
    "rmsprop, 0.01",
    "adagrad, 0.5",
    "adadelta, 3",
    "adamax, 0.1",
    "nadam, 0.05",
    "radam, 0.05",
    "asgd, 0.1",
    "rprop, 0.01"
  })
  void every_optimizer_finds_the_minimum_of_a_quadratic(String name, double learningRate) {
    DifferentiableOptimizer optimizer = Optimizers.named(name);
    Hyperparameters hyperparameters =
        optimizer.defaults().with(Hyperparameters.LEARNING_RATE, learningRate);
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors parameters = NamedTensors.of("x", Tensors.of(new double[] {1.5, -2, 0.7}, 3));
      OptimizerState state = OptimizerState.initial();
      for (int step = 0; step < 300; step++) {
        // The gradient of sum(x^2), and of 1.5 in the last place.
        NamedTensors gradients = parameters.map(x -> x.mul(Tensors.of(new double[] {2, 2, 3}, 3)));
        DifferentiableOptimizer.Update update =
            optimizer.update(parameters, gradients, state, hyperparameters);
        parameters = update.parameters();
        state = update.state();
      }
      for (double value : Tensors.toDoubles(parameters.get("x"))) {
        assertThat(Math.abs(value)).isLessThan(0.02);
      }
    }
  }

  static Stream<String> names() {
    return Optimizers.names().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void every_optimizer_has_a_learning_rate_and_rows_of_its_own_in_the_shared_tests(String name) {
    DifferentiableOptimizer optimizer = Optimizers.named(name);

    assertThat(optimizer.defaults().get(Hyperparameters.LEARNING_RATE).value()).isPositive();
    assertThat(OptimizerRows.all())
        .anyMatch(row -> row.optimizer().getClass() == optimizer.getClass());
  }

  @Test
  void all_are_smooth_but_those_with_a_maximum_or_a_sign() {
    assertThat(
            Optimizers.names().stream()
                .filter(name -> Optimizers.named(name).smoothness() != Smoothness.SMOOTH))
        .containsExactly("adamax", "rprop");
  }

  @Test
  void an_unknown_name_is_refused_with_the_known_ones() {
    assertThatThrownBy(() -> Optimizers.named("adamm"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "optimizer: \"adamm\", allowed: sgd, adam, adamw, rmsprop, adagrad, adadelta,"
                + " adamax, nadam, radam, asgd, rprop");
  }
}
