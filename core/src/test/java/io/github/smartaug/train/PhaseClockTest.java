package io.github.smartaug.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.train.PhaseClock.Phase;
import org.junit.jupiter.api.Test;

class PhaseClockTest {
  private static void work() {
    long end = System.nanoTime() + 5_000_000;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  @Test
  void a_phase_within_another_is_not_part_of_it() {
    PhaseClock clock = new PhaseClock();
    long started = System.nanoTime();
    clock.time(
        Phase.META,
        () -> {
          clock.time(Phase.DATA, PhaseClockTest::work);
          work();
        });
    double whole = (System.nanoTime() - started) / 1e9;
    PhaseSeconds lap = clock.lap();
    assertThat(lap.data()).isGreaterThanOrEqualTo(0.005);
    assertThat(lap.meta()).isGreaterThanOrEqualTo(0.005);
    assertThat(lap.total()).isLessThanOrEqualTo(whole);
  }

  @Test
  void time_outside_of_all_phases_is_not_counted() {
    PhaseClock clock = new PhaseClock();
    work();
    assertThat(clock.lap()).isEqualTo(PhaseSeconds.NONE);
  }

  @Test
  void a_lap_begins_where_the_last_one_ended() {
    PhaseClock clock = new PhaseClock();
    clock.time(Phase.INNER, PhaseClockTest::work);
    clock.lap();
    assertThat(clock.lap()).isEqualTo(PhaseSeconds.NONE);
  }

  @Test
  void transferred_time_changes_its_phase_and_not_the_sum() {
    PhaseClock clock = new PhaseClock();
    clock.transfer(2, Phase.INNER, Phase.AUGMENTATION);
    PhaseSeconds lap = clock.lap();
    assertThat(lap.augmentation()).isEqualTo(2);
    assertThat(lap.inner()).isEqualTo(-2);
    assertThat(lap.total()).isZero();
  }
}
