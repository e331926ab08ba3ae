package io.github.smartaug.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.run.EpochReports;
import io.github.smartaug.train.TrainingPlan;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PlainProgressTest {
  @Test
  void every_epoch_is_a_line_with_losses_accuracy_time_and_time_left() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Progress progress =
        new PlainProgress(new PrintStream(bytes, true, StandardCharsets.UTF_8))) {
      progress.trainingStarted(new TrainingPlan(10, 4, 100));
      progress.epochFinished(EpochReports.learned(1, 10));
      progress.epochFinished(EpochReports.learned(2, 10));
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "epoch  1/10  train loss 1.2346  validation loss 0.5000  validation accuracy 75.00 %  2.0 s"
                + "  left 18.0 s",
            "epoch  2/10  train loss 1.2346  validation loss 0.2500  validation accuracy 75.00 %  4.0 s"
                + "  left 24.0 s");
  }

  @Test
  void nothing_is_left_after_the_last_epoch() {
    assertThat(EpochLine.of(EpochReports.learned(10, 10), 0)).doesNotContain("left");
  }
}
