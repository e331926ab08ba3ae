package io.github.smartaug.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.run.EpochReports;
import io.github.smartaug.train.StepReport;
import io.github.smartaug.train.TrainingPlan;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TerminalProgressTest {
  @Test
  void a_bar_shows_the_mean_loss_and_gives_way_to_the_line_of_the_epoch() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Progress progress =
        new TerminalProgress(new PrintStream(bytes, true, StandardCharsets.UTF_8))) {
      progress.trainingStarted(new TrainingPlan(2, 2, 100));
      progress.stepFinished(new StepReport(1, 1, 2, 3, 1));
      progress.stepFinished(new StepReport(1, 2, 2, 1, 1));
      progress.epochFinished(EpochReports.learned(1, 2));
    }
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .contains("epoch 1/2")
        .contains("2/2")
        .contains("loss 2.0000")
        .endsWith(EpochLine.of(EpochReports.learned(1, 2), 2) + System.lineSeparator());
  }
}
