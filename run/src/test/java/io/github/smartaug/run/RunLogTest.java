package io.github.smartaug.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smartaug.train.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunLogTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void write() {
    file = folder.resolve("log.jsonl");
    EpochLog log = new EpochLog(file);
    log.trainingStarted(new TrainingPlan(4, 1, 1));
    log.epochFinished(EpochReports.learned(1, 3));
    log.epochFinished(EpochReports.withoutPolicy(2, 3));
    log.epochFinished(EpochReports.learnedHyperparameters(3, 4));
    log.epochFinished(EpochReports.withGradients(4, 4));
  }

  @Test
  void a_log_is_read_as_it_was_written() {
    assertThat(RunLog.read(file).entries())
        .containsExactly(
            LogEntry.of(EpochReports.learned(1, 3)),
            LogEntry.of(EpochReports.withoutPolicy(2, 3)),
            LogEntry.of(EpochReports.learnedHyperparameters(3, 4)),
            LogEntry.of(EpochReports.withGradients(4, 4)));
  }

  @Test
  void what_was_not_a_number_is_read_as_nan() {
    assertThat(RunLog.read(file).entries().get(1).temperature()).isNaN();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"lr\":0.05       | \"lr\":\"fast\"      | lr: \"fast\", allowed: a number",
        "\"epoch\":1       | \"epochs\":1         | epoch: missing, allowed: a number",
        "\"epoch\":1       | \"epoch\":1.5        | epoch: 1.5, allowed: a number",
        "\"f1\":[0.5,1.0]  | \"f1\":0.5           | f1: 0.5, allowed: an array",
        "\"magnitude\":0.5 | \"magnitude\":\"x\"  | policy[0].magnitude: \"x\", allowed: a number",
        "\"name\":\"Rotate\" | \"name\":[]        | policy[0].name: [], allowed: a text",
        "{\"epoch\":1      | [{\"epoch\":1        | not JSON, line 1: "
      })
  void a_wrong_line_is_named_with_its_field(String right, String wrong, String message)
      throws IOException {
    String text = Files.readString(file);
    assertThat(text).contains(right);
    Files.writeString(file, text.replace(right, wrong));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> RunLog.read(file))
        .withMessageStartingWith(file + ", line 1: " + message);
  }
}
