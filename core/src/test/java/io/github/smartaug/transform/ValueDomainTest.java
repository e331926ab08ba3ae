package io.github.smartaug.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueDomainTest {
  @ParameterizedTest
  @CsvSource({
    "rotate, 720, true",
    "rotate, NaN, false",
    "rotate, Infinity, false",
    "rotate, 1e300, false",
    "brightness, 0, true",
    "brightness, -0.1, false",
    "posterize, 8, true",
    "posterize, 8.1, false",
    "solarize, 1, true",
    "solarize, 1.01, false",
    "translate-x, -1000, true"
  })
  void a_transform_says_which_values_it_takes(String transform, double value, boolean taken) {
    assertThat(Transforms.named(transform).valueDomain().contains(value)).isEqualTo(taken);
  }

  @ParameterizedTest
  @CsvSource({
    "rotate, any finite number of degrees",
    "contrast, 'finite, at least 0 times'",
    "posterize, 0 to 8 bits",
    "identity, any finite number"
  })
  void a_domain_is_told_in_words(String transform, String words) {
    assertThat(Transforms.named(transform).valueDomain()).hasToString(words);
  }

  @Test
  void a_domain_without_values_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ValueDomain.between(1, 0, ValueUnit.NONE))
        .withMessageContaining("1.0 to 0.0");
  }
}
