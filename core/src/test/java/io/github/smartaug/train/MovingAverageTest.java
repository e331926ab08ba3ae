package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.meta.InnerState;
import io.github.smartaug.optim.OptimizerState;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.junit.jupiter.api.Test;

class MovingAverageTest {
  /** 1, then 0.9 * 1 + 0.1 * 3 = 1.2, then 0.9 * 1.2 + 0.1 * (-1) = 0.98. */
  @Test
  void the_average_begins_with_the_first_step_and_decays() {
    try (TensorScope scope = TensorScope.open()) {
      MovingAverage average =
          MovingAverage.begin(0.9, state(1, 0.5, 1)).after(state(3, 1.5, 2)).after(state(-1, 0, 3));

      assertThat(Tensors.item(average.parameters().get("weight"))).isCloseTo(0.98, within(1e-15));
      assertThat(Tensors.item(average.buffers().get("running_mean")))
          .isCloseTo(0.9 * 0.6, within(1e-15));
    }
  }

  @Test
  void whole_numbers_are_the_latest() {
    try (TensorScope scope = TensorScope.open()) {
      MovingAverage average = MovingAverage.begin(0.9, state(1, 0.5, 1)).after(state(3, 1.5, 2));

      assertThat(Tensors.toLongs(average.buffers().get("count"))).containsExactly(2);
    }
  }

  @Test
  void steps_that_overwrite_the_parameters_leave_the_average_alone() {
    try (TensorScope scope = TensorScope.open()) {
      InnerState state = state(1, 0.5, 1);
      MovingAverage average = MovingAverage.begin(0.9, state);
      state.parameters().get("weight").fill_(new Scalar(7.0));

      assertThat(Tensors.item(average.parameters().get("weight"))).isEqualTo(1);
    }
  }

  private static InnerState state(double weight, double mean, long count) {
    return new InnerState(
        NamedTensors.of("weight", Tensors.of(new double[] {weight}, 1)),
        OptimizerState.initial(),
        NamedTensors.of("running_mean", Tensors.of(new double[] {mean}, 1))
            .with(NamedTensors.of("count", Tensors.of(new long[] {count}, 1))));
  }
}
