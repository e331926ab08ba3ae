package io.github.smartaug.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
  /** What PyTorch's CosineAnnealingLR gives with T_max = 10 and base learning rate 1. */
  private static final double[] COSINE_10 = {
    1.0,
    0.9755282581475768,
    0.9045084971874737,
    0.7938926261462366,
    0.6545084971874737,
    0.5,
    0.34549150281252633,
    0.2061073738537635,
    0.09549150281252633,
    0.024471741852423234
  };

  /** What PyTorch's LambdaLR gives with {@code lambda e: (1 - e / 10) ** 0.9}. */
  private static final double[] POLYNOMIAL_10 = {
    1.0,
    0.9095325760829622,
    0.8180521460508583,
    0.72541784693722,
    0.6314458674893553,
    0.5358867312681466,
    0.4383832905540869,
    0.3383834619016498,
    0.2349237886176038,
    0.12589254117941673
  };

  @Test
  void the_cosine_schedule_equals_pytorchs() {
    assertThat(factors(Schedule.cosine(), 10)).containsExactly(COSINE_10, within(1e-15));
  }

  @Test
  void the_polynomial_schedule_equals_pytorchs() {
    assertThat(factors(Schedule.polynomial(), 10)).containsExactly(POLYNOMIAL_10, within(1e-15));
  }

  /** PyTorch's MultiStepLR with milestones [3, 6, 9] and gamma 0.1. */
  @Test
  void the_multi_step_schedule_equals_pytorchs() {
    assertThat(factors(Schedule.multiStep(), 10))
        .containsExactly(
            new double[] {1, 1, 1, 0.1, 0.1, 0.1, 0.01, 0.01, 0.01, 0.001}, within(1e-15));
  }

  /** 200 / 3 = 66.7, 400 / 3 = 133.3: PyTorch's milestones are int(epochs / 3) and so on. */
  @ParameterizedTest
  @CsvSource({"65, 1", "66, 0.1", "132, 0.1", "133, 0.01", "179, 0.01", "180, 0.001"})
  void milestones_are_rounded_down(int epoch, double factor) {
    assertThat(Schedule.multiStep().factor(epoch, 200)).isCloseTo(factor, within(1e-15));
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3"})
  void no_milestone_comes_before_the_second_epoch(int epochs) {
    assertThat(Schedule.multiStep().factor(0, epochs)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"0", "7"})
  void the_constant_schedule_is_one(int epoch) {
    assertThat(Schedule.constant().factor(epoch, 10)).isEqualTo(1);
  }

  @Test
  void warm_up_begins_above_zero_and_reaches_the_base_rate_in_its_last_epoch() {
    assertThat(factors(Schedule.constant().afterWarmUp(4, 1), 6))
        .containsExactly(new double[] {0.25, 0.5, 0.75, 1, 1, 1}, within(1e-15));
    assertThat(factors(Schedule.constant().afterWarmUp(4, 3), 6))
        .containsExactly(new double[] {1.5, 2, 2.5, 3, 3, 3}, within(1e-15));
  }

  /** 4 epochs of warm-up leave 10 for the schedule, which comes to its end with the run. */
  @Test
  void the_schedule_after_the_warm_up_runs_over_what_is_left_of_the_run() {
    double[] factors = factors(Schedule.cosine().afterWarmUp(4, 1), 14);

    assertThat(Arrays.copyOfRange(factors, 4, 14)).containsExactly(COSINE_10, within(1e-15));
  }

  /** (1 + cos(pi 14/15)) / 2; a cosine made for all 20 epochs would stop at 0.27. */
  @Test
  void a_cosine_of_20_epochs_with_5_of_warm_up_ends_near_zero() {
    double[] factors = factors(Schedule.cosine().afterWarmUp(5, 1), 20);

    assertThat(factors[0]).isEqualTo(0.2);
    assertThat(factors[19]).isCloseTo(0.010926199633097211, within(1e-15));
  }

  /** GradualWarmupScheduler(multiplier=1, total_epoch=4) over CosineAnnealingLR(T_max=10). */
  @Test
  void gradual_warm_up_with_multiplier_1_grows_from_zero_and_then_the_schedule_begins() {
    assertThat(factors(Schedule.cosine().afterGradualWarmUp(4, 1), 10))
        .containsExactly(
            new double[] {
              0,
              0.25,
              0.5,
              0.75,
              1,
              COSINE_10[0],
              COSINE_10[1],
              COSINE_10[2],
              COSINE_10[3],
              COSINE_10[4]
            },
            within(1e-15));
  }

  /** GradualWarmupScheduler(multiplier=3, total_epoch=4), then three times LambdaLR's values. */
  @Test
  void gradual_warm_up_with_a_larger_multiplier_grows_from_the_base_rate() {
    assertThat(factors(Schedule.polynomial().afterGradualWarmUp(4, 3), 10))
        .containsExactly(
            new double[] {
              1,
              1.5,
              2,
              2.5,
              3,
              3,
              2.7285977282488867,
              2.454156438152575,
              2.17625354081166,
              1.8943376024680658
            },
            within(1e-15));
  }

  @Test
  void without_warm_up_epochs_a_schedule_stays_as_it_is() {
    Schedule cosine = Schedule.cosine();

    assertThat(cosine.afterWarmUp(0, 5)).isSameAs(cosine);
    assertThat(cosine.afterGradualWarmUp(0, 5)).isSameAs(cosine);
  }

  @Test
  void warm_up_refuses_impossible_numbers() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new WarmUp(0, 1, Schedule.constant()))
        .withMessage("warm-up epochs: 0, allowed: at least 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GradualWarmUp(5, 0.5, Schedule.constant()))
        .withMessage("warm-up multiplier: 0.5, allowed: at least 1, finite");
  }

  private static double[] factors(Schedule schedule, int epochs) {
    return IntStream.range(0, epochs)
        .mapToDouble(epoch -> schedule.factor(epoch, epochs))
        .toArray();
  }
}
