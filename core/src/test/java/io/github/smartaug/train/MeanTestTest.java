package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeanTestTest {
  /** Student's own example, of ten patients' additional hours of sleep: t 4.06, p 0.0028. */
  @Test
  void hours_of_sleep_are_told_apart_as_student_did() {
    MeanTest test = of(1.2, 2.4, 1.3, 1.3, 0.0, 1.0, 1.8, 0.8, 4.6, 1.4);
    assertThat(test.t()).isCloseTo(4.0621, within(1e-4));
    assertThat(test.p()).isCloseTo(0.00283, within(1e-5));
  }

  @Test
  void there_is_nothing_to_test_in_zeros_or_in_one_value() {
    assertThat(of(0, 0, 0, 0, 0, 0, 0, 0)).isEqualTo(new MeanTest(Double.NaN, Double.NaN));
    assertThat(of(3).t()).isNaN();
    assertThat(of().t()).isNaN();
  }

  @Test
  void of_fewer_than_eight_values_nothing_is_said() {
    assertThat(of(1, 2, 1, 2, 1, 2, 1).t()).isPositive();
    assertThat(of(1, 2, 1, 2, 1, 2, 1).p()).isNaN();
    assertThat(of(1, 2, 1, 2, 1, 2, 1, 2).p()).isLessThan(0.001);
  }

  @Test
  void equal_values_have_no_noise() {
    MeanTest test = of(-2, -2, -2, -2, -2, -2, -2, -2);
    assertThat(test.t()).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(test.p()).isCloseTo(0, within(1e-15));
  }

  /** Of four tests: the smallest times 4, the next times 3, and none below one before it. */
  @Test
  void the_smallest_of_many_p_values_counts_for_all_of_them() {
    assertThat(adjusted(0.03, 0.01, 0.04, 0.2))
        .containsExactly(new double[] {0.09, 0.04, 0.09, 0.2}, within(1e-12));
    assertThat(adjusted(0.5, 0.6)).containsExactly(1, 1);
  }

  @Test
  void what_cannot_be_tested_does_not_count() {
    double[] adjusted = adjusted(0.01, Double.NaN, 0.02);
    assertThat(adjusted[0]).isCloseTo(0.02, within(1e-12));
    assertThat(adjusted[1]).isNaN();
    assertThat(adjusted[2]).isCloseTo(0.02, within(1e-12));
  }

  private static MeanTest of(double... values) {
    GradientMoments moments = GradientMoments.empty(1);
    for (double value : values) {
      moments = moments.plus(new double[] {value});
    }
    return moments.test(0);
  }

  private static double[] adjusted(double... p) {
    List<MeanTest> tests = Arrays.stream(p).mapToObj(value -> new MeanTest(1, value)).toList();
    return MeanTest.adjusted(tests);
  }
}
