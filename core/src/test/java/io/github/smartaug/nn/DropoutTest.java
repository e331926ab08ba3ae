package io.github.smartaug.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DropoutTest {
  private static final int SIZE = 10_000;

  @Test
  void training_drops_at_the_rate_and_scales_the_rest() {
    double[] values = dropped(Mode.training(RandomStream.seeded(1)));
    assertThat(values).containsOnly(0, 4 / 3f);
    double rate = Arrays.stream(values).filter(value -> value == 0).count() / (double) SIZE;
    // Five standard deviations of a proportion.
    assertThat(rate).isCloseTo(0.25, within(5 * Math.sqrt(0.25 * 0.75 / SIZE)));
  }

  @Test
  void same_state_of_the_generator_gives_the_same_mask() {
    RandomStream random = RandomStream.seeded(1);
    long[] state = random.state();
    double[] first = dropped(Mode.training(random));
    double[] next = dropped(Mode.training(random));
    double[] replayed = dropped(Mode.training(RandomStream.resume(state)));
    assertThat(replayed).isEqualTo(first);
    assertThat(next).isNotEqualTo(first);
  }

  @Test
  void evaluation_changes_nothing() {
    assertThat(dropped(Mode.evaluation())).containsOnly(1);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 1, Double.NaN})
  void rate_out_of_range_is_refused(double rate) {
    assertThatThrownBy(() -> new Dropout(rate))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dropout rate is " + rate + ", allowed: in [0,1)");
  }

  /** What dropout at rate 0.25 makes of ones. */
  private static double[] dropped(Mode mode) {
    float[] ones = new float[SIZE];
    Arrays.fill(ones, 1);
    try (TensorScope scope = TensorScope.open()) {
      ForwardPass pass = ForwardPass.begin(NamedTensors.empty(), NamedTensors.empty(), mode);
      return Tensors.toDoubles(new Dropout(0.25).forward(Tensors.of(ones, SIZE), pass));
    }
  }
}
