package io.github.smartaug.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0.0 s",
    "4.23, 4.2 s",
    "59.4, 59.4 s",
    "59.96, 1 min 00 s",
    "185, 3 min 05 s",
    "3599.7, 1 h 00 min",
    "7830, 2 h 10 min"
  })
  void a_duration_is_told_in_the_two_largest_units(double seconds, String text) {
    assertThat(Durations.text(seconds)).isEqualTo(text);
  }
}
