package io.github.smartaug.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalibrationErrorTest {
  private final CalibrationError error = new CalibrationError();

  /**
   * Bin (14/15, 1]: two of mean confidence 0.98, one right, gap 0.48. Bin (8/15, 9/15]: three of
   * mean confidence 0.56, all right, gap 0.44. (2 * 0.48 + 3 * 0.44) / 5 = 0.456.
   */
  @Test
  void the_error_equals_the_table() {
    error.add(0.97, true);
    error.add(0.99, false);
    error.add(0.54, true);
    error.add(0.56, true);
    error.add(0.58, true);

    assertThat(error.value()).isCloseTo(0.456, within(1e-15));
  }

  /** Of one bin: |1 - 1.26| / 2. Of two: (|1 - 0.59| + |0 - 0.61|) / 2. */
  @ParameterizedTest
  @CsvSource({"0.61, 0.65, 0.13", "0.59, 0.61, 0.51"})
  void over_and_underconfidence_cancel_only_within_a_bin(
      double right, double wrong, double expected) {
    error.add(right, true);
    error.add(wrong, false);

    assertThat(error.value()).isCloseTo(expected, within(1e-15));
  }

  /** 0.6 is 9/15: still with 0.55, where the two make |1 - 1.15| / 2. */
  @Test
  void a_bin_has_its_upper_end() {
    error.add(0.6, true);
    error.add(0.55, false);

    assertThat(error.value()).isCloseTo(0.075, within(1e-15));
  }

  @Test
  void certainty_that_is_right_has_no_error() {
    error.add(1, true);

    assertThat(error.value()).isZero();
  }

  @Test
  void without_predictions_there_is_no_error() {
    assertThat(error.value()).isNaN();
  }

  @Test
  void a_prediction_that_is_not_a_number_is_not_hidden() {
    error.add(Double.NaN, false);
    error.add(0.5, true);

    assertThat(error.value()).isNaN();
  }
}
