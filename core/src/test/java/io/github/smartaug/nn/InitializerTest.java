package io.github.smartaug.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class InitializerTest {
  @Test
  void default_weights_and_biases_of_a_convolution_fill_the_range_of_pytorch() {
    try (TensorScope scope = TensorScope.open()) {
      Layer layer = new Conv2d("c", 20, 500, Window.of(5));
      NamedTensors drawn = layer.initialParameters(RandomStream.seeded(1));
      assertUniform(Tensors.toDoubles(drawn.get("c.weight")), 1 / Math.sqrt(500));
      assertUniform(Tensors.toDoubles(drawn.get("c.bias")), 1 / Math.sqrt(500));
    }
  }

  @Test
  void default_weights_and_biases_of_a_linear_layer_fill_the_range_of_pytorch() {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors drawn = new Linear("l", 64, 500).initialParameters(RandomStream.seeded(1));
      assertUniform(Tensors.toDoubles(drawn.get("l.weight")), 0.125);
      assertUniform(Tensors.toDoubles(drawn.get("l.bias")), 0.125);
    }
  }

  @Test
  void kaiming_normal_has_the_variance_of_the_fan_out() {
    try (TensorScope scope = TensorScope.open()) {
      double[] values =
          Tensors.toDoubles(
              Initializer.kaimingNormalFanOut().draw(RandomStream.seeded(1), 64, 16, 3, 3));
      double expected = Math.sqrt(2.0 / (64 * 9));
      double mean = Arrays.stream(values).average().orElseThrow();
      double variance = Arrays.stream(values).map(v -> v * v).average().orElseThrow();
      assertThat(mean).isCloseTo(0, within(5 * expected / Math.sqrt(values.length)));
      assertThat(Math.sqrt(variance) / expected).isCloseTo(1, within(0.05));
      // A normal, not a uniform, distribution: 4.6 % lie beyond two standard deviations.
      double far = Arrays.stream(values).filter(v -> Math.abs(v) > 2 * expected).count();
      assertThat(far / values.length).isCloseTo(0.0455, within(0.01));
    }
  }

  /** Within the bound, reaching close to it on both sides, with the variance of the uniform. */
  private static void assertUniform(double[] values, double bound) {
    double largest = Arrays.stream(values).max().orElseThrow();
    double smallest = Arrays.stream(values).min().orElseThrow();
    double variance = Arrays.stream(values).map(v -> v * v).average().orElseThrow();
    assertThat(largest).isBetween(0.98 * bound, bound);
    assertThat(smallest).isBetween(-bound, -0.98 * bound);
    assertThat(variance).isCloseTo(bound * bound / 3, within(0.1 * bound * bound / 3));
  }
}
