package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.Tensors;
import java.util.Arrays;

/** Compares float64 tensors that are the same but for the order of sums. */
final class EqualToRounding {
  private EqualToRounding() {}

  /** Requires the same names and values, within 1e-9 of the largest, which is not zero. */
  static void require(NamedTensors actual, NamedTensors expected) {
    assertThat(actual.names()).isEqualTo(expected.names());
    for (String name : expected.names()) {
      double[] values = Tensors.toDoubles(expected.get(name));
      double largest = Arrays.stream(values).map(Math::abs).max().orElseThrow();
      assertThat(largest).as(name).isPositive();
      assertThat(Tensors.toDoubles(actual.get(name)))
          .as(name)
          .containsExactly(values, within(1e-9 * largest));
    }
  }
}
