package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.optim.DifferentiableOptimizer;
import io.github.smartaug.optim.OptimizerState;
import io.github.smartaug.optim.OptimizerType;
import io.github.smartaug.optim.Optimizers;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.TorchRuntime;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InnerOptimizerStateTest {
  static {
    TorchRuntime.initialize();
  }

  static List<String> names() {
    return Optimizers.entries().stream().map(OptimizerType::name).toList();
  }

  @ParameterizedTest
  @MethodSource("names")
  void its_size_is_that_of_what_two_updates_leave(String name) {
    DifferentiableOptimizer rule = Optimizers.named(name);
    InnerOptimizer optimizer = new InnerOptimizer(rule, rule.defaults());
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors parameters =
          NamedTensors.of(
              Map.of("weight", torch.ones(7, 3), "bias", torch.ones(7), "scale", torch.ones()));
      OptimizerState state = OptimizerState.initial();
      for (int i = 0; i < 2; i++) {
        state = rule.update(parameters, parameters, state, rule.defaults()).state();
      }

      assertThat(optimizer.stateBytes(parameters)).isEqualTo((double) state.tensors().bytes());
    }
  }

  @Test
  void momentum_is_one_number_for_each_weight() {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors weights = NamedTensors.of("weight", torch.ones(1000, 1000));

      assertThat(InnerOptimizer.sgd(0.1).stateBytes(weights)).isEqualTo(4e6);
    }
  }
}
