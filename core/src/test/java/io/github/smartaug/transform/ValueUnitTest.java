package io.github.smartaug.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ValueUnitTest {
  static List<String> names() {
    return Transforms.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void a_transform_that_takes_a_value_says_what_it_counts(String name) {
    Transform transform = Transforms.named(name);

    assertThat(transform.unit() != ValueUnit.NONE).isEqualTo(transform.usesValue());
  }

  @ParameterizedTest
  @CsvSource({"rotate, 1e300, false", "rotate, 720, true", "posterize, 8.1, false"})
  void values_must_be_finite_as_float32_and_allowed(String name, double value, boolean allowed) {
    assertThat(Transforms.named(name).allowedValues().contains(value)).isEqualTo(allowed);
  }
}
