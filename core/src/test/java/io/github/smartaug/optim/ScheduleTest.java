package io.github.smartaug.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScheduleTest {
  /** Values of PyTorch's CosineAnnealingLR with T_max = 10 and base learning rate 1. */
  @ParameterizedTest
  @CsvSource({
    "0, 1.0",
    "1, 0.9755282581475768",
    "2, 0.9045084971874737",
    "5, 0.5",
    "9, 0.024471741852423234"
  })
  void the_cosine_schedule_equals_pytorchs(int epoch, double factor) {
    assertThat(Schedule.cosine().factor(epoch, 10)).isCloseTo(factor, within(1e-15));
  }

  @ParameterizedTest
  @CsvSource({"0", "7"})
  void the_constant_schedule_is_one(int epoch) {
    assertThat(Schedule.constant().factor(epoch, 10)).isEqualTo(1);
  }
}
