package io.github.smartaug.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import org.junit.jupiter.api.Test;

class AsgdTest {
  @Test
  void the_average_is_the_last_parameter_until_it_starts_and_a_mean_from_there() {
    DifferentiableAsgd asgd = new DifferentiableAsgd(0.75, 2);
    Hyperparameters hyperparameters =
        asgd.defaults().with(Hyperparameters.LEARNING_RATE, 1).with(DifferentiableAsgd.LAMBDA, 0);
    double[] averages = new double[6];
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors parameters = NamedTensors.of("x", Tensors.of(new double[] {0}, 1));
      NamedTensors gradients = NamedTensors.of("x", Tensors.of(new double[] {-1}, 1));
      OptimizerState state = OptimizerState.initial();
      for (int step = 0; step < averages.length; step++) {
        DifferentiableOptimizer.Update update =
            asgd.update(parameters, gradients, state, hyperparameters);
        parameters = update.parameters();
        state = update.state();
        averages[step] = Tensors.item(state.slots().get("ax").get("x"));
      }
    }
    // The parameter is 1, 2, 3, ...; from the fifth step on the mean spans one more step each time.
    assertThat(averages).containsExactly(new double[] {1, 2, 3, 4, 4.5, 5}, within(1e-12));
  }
}
