package io.github.smartaug.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimeLeftTest {
  @Test
  void the_first_epoch_is_extrapolated_to_the_whole_run() {
    assertThat(new TimeLeft(10).within(0.25, 3)).isEqualTo(10 * 12 - 3);
  }

  @Test
  void later_epochs_are_expected_to_take_the_mean_of_those_before() {
    TimeLeft timeLeft = new TimeLeft(5);
    timeLeft.epochFinished(10);
    timeLeft.epochFinished(14);
    assertThat(timeLeft.afterEpoch()).isEqualTo(3 * 12);
    assertThat(timeLeft.within(0.5, 5)).isEqualTo(3 * 12 - 5);
  }

  @Test
  void a_last_epoch_slower_than_expected_leaves_no_negative_time() {
    TimeLeft timeLeft = new TimeLeft(2);
    timeLeft.epochFinished(10);
    assertThat(timeLeft.within(0.9, 30)).isZero();
  }
}
