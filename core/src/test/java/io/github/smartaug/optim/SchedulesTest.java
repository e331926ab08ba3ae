package io.github.smartaug.optim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SchedulesTest {
  @Test
  void the_polynomial_schedule_is_found_under_its_earlier_name_too() {
    assertThat(Schedules.named("exponential")).isSameAs(Schedules.named("polynomial"));
    assertThat(Schedules.names()).containsExactly("none", "cosine", "multistep", "polynomial");
  }

  @Test
  void every_schedule_begins_at_1_and_never_grows() {
    for (String name : Schedules.names()) {
      Schedule schedule = Schedules.named(name);
      assertThat(schedule.factor(0, 10)).as(name).isEqualTo(1);
      for (int epoch = 1; epoch < 10; epoch++) {
        assertThat(schedule.factor(epoch, 10))
            .as(name)
            .isPositive()
            .isLessThanOrEqualTo(schedule.factor(epoch - 1, 10));
      }
    }
  }
}
