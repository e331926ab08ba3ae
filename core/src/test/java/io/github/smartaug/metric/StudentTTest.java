package io.github.smartaug.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudentTTest {
  /** The tables of any book of statistics, three decimals. */
  @ParameterizedTest
  @CsvSource({
    "0.95, 1, 12.706",
    "0.95, 2, 4.303",
    "0.95, 3, 3.182",
    "0.95, 4, 2.776",
    "0.95, 5, 2.571",
    "0.95, 9, 2.262",
    "0.95, 10, 2.228",
    "0.95, 29, 2.045",
    "0.95, 30, 2.042",
    "0.95, 120, 1.980",
    "0.95, 999, 1.962",
    "0.99, 1, 63.657",
    "0.99, 4, 4.604",
    "0.90, 4, 2.132",
    "0.50, 7, 0.711"
  })
  void quantiles_are_those_of_the_tables(double probability, int degrees, double quantile) {
    assertThat(StudentT.twoSidedQuantile(probability, degrees)).isCloseTo(quantile, within(0.0006));
  }

  /** One degree is the Cauchy distribution, two have a closed form. */
  @ParameterizedTest
  @CsvSource({"0.5", "0.9", "0.95", "0.999"})
  void one_and_two_degrees_agree_with_their_closed_forms(double probability) {
    assertThat(StudentT.twoSidedQuantile(probability, 1))
        .isCloseTo(Math.tan(Math.PI * probability / 2), within(1e-9));
    assertThat(StudentT.twoSidedQuantile(probability, 2))
        .isCloseTo(probability * Math.sqrt(2 / (1 - probability * probability)), within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({"0.95, 1", "0.95, 4", "0.99, 15", "0.999, 31", "0.5, 7"})
  void beyond_a_quantile_lies_the_rest(double probability, int degrees) {
    double quantile = StudentT.twoSidedQuantile(probability, degrees);
    assertThat(StudentT.twoSidedTail(quantile, degrees)).isCloseTo(1 - probability, within(1e-12));
    assertThat(StudentT.twoSidedTail(-quantile, degrees)).isCloseTo(1 - probability, within(1e-12));
  }

  @Test
  void nothing_lies_beyond_infinity_and_everything_beyond_zero() {
    assertThat(StudentT.twoSidedTail(Double.NEGATIVE_INFINITY, 5)).isCloseTo(0, within(1e-15));
    assertThat(StudentT.twoSidedTail(0, 5)).isEqualTo(1);
  }

  @Test
  void no_degree_is_an_error() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StudentT.twoSidedQuantile(0.95, 0))
        .withMessage("degrees of freedom are 0, allowed: at least 1");
  }
}
