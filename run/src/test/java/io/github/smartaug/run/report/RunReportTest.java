package io.github.smartaug.run.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.smartaug.run.RunFile;
import io.github.smartaug.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunReportTest {
  private static final MadeUpRun FINISHED = new MadeUpRun(5, 5, 3, 4, true);
  private static final MadeUpRun ENDED = new MadeUpRun(3, 9, 3, 4, false);

  @TempDir private Path folder;

  private JsonNode data(MadeUpRun run, boolean running) throws IOException {
    return new ObjectMapper().readTree(RunReport.of(run.write(folder), running).json());
  }

  @Test
  void the_numbers_are_those_of_the_files() throws IOException {
    JsonNode data = data(FINISHED, false);

    JsonNode result = new ObjectMapper().readTree(folder.resolve("result.json").toFile());
    assertThat(data.get("result").get("test_accuracy")).isEqualTo(result.get("test_accuracy"));
    assertThat(data.get("result").get("test")).isEqualTo(result.get("test"));
    assertThat(data.get("log").size()).isEqualTo(result.get("log").size());
    assertThat(data.get("log").get(4)).isEqualTo(result.get("log").get(4));
    assertThat(data.get("config"))
        .isEqualTo(new ObjectMapper().readTree(folder.resolve("config.json").toFile()));
    assertThat(data.get("state").textValue()).isEqualTo("finished");
  }

  @Test
  void what_is_long_and_not_shown_of_early_epochs_is_left_out() throws IOException {
    JsonNode log = data(FINISHED, false).get("log");

    assertThat(log.get(0).has("f1")).isFalse();
    assertThat(log.get(0).has("gradients")).isFalse();
    assertThat(log.get(4).has("f1")).isTrue();
  }

  @Test
  void a_page_is_one_file_that_names_no_other() throws IOException {
    RunFolder run = FINISHED.write(folder);
    RunReport.of(run, false).write();

    String page = Files.readString(run.file(RunFile.REPORT));
    assertThat(page).contains("default-src 'none'").contains("Chart.js v");
    assertThat(page).doesNotContain("<script src").doesNotContain("<link rel=\"stylesheet\"");
    assertThat(page).contains("data:image/png;base64,");
  }

  @Test
  void a_run_that_ended_early_says_how_it_goes_on() throws IOException {
    JsonNode next = data(ENDED, false).get("next");

    assertThat(next.size()).isEqualTo(1);
    assertThat(next.get(0).get("command").textValue())
        .isEqualTo("smartaug train --resume --out " + folder);
  }

  @Test
  void a_run_that_goes_on_has_nothing_to_be_done_yet() throws IOException {
    JsonNode data = data(ENDED, true);

    assertThat(data.get("state").textValue()).isEqualTo("running");
    assertThat(data.get("next").size()).isZero();
  }

  @Test
  void advice_follows_from_the_numbers() throws IOException {
    JsonNode next = data(FINISHED, false).get("next");

    assertThat(next.findValuesAsText("text"))
        .anyMatch(text -> text.startsWith("With --refit"))
        .anyMatch(text -> text.startsWith("The validation loss was still falling"))
        .anyMatch(text -> text.startsWith("Probabilities that the model gives are off by 12.5"))
        .noneMatch(text -> text.startsWith("Nothing was learned"))
        .noneMatch(text -> text.startsWith("The model overfits"));
  }

  @Test
  void a_learned_policy_of_a_model_that_overfits_is_not_praised() throws IOException {
    RunFolder run = FINISHED.write(folder);
    Path result = folder.resolve("result.json");
    String overfitted =
        Files.readString(result)
            .replace("\"policy_shrinkage\" : 0.0,", "\"policy_shrinkage\" : 0.42,");
    Files.writeString(result, overfitted);

    JsonNode next = new ObjectMapper().readTree(RunReport.of(run, false).json()).get("next");

    assertThat(next.findValuesAsText("text"))
        .anyMatch(
            text ->
                text.startsWith("The model overfits.")
                    && text.contains("went 42 % of the way back to where it started"));
  }

  @Test
  void the_policy_of_the_run_is_shown_on_a_photo() throws IOException {
    Path policy = FINISHED.write(folder).file(RunFile.POLICY);
    Files.writeString(policy, "{}");

    assertThat(RunReport.of(RunFolder.ofRun(folder), false).json())
        .contains("smartaug preview PHOTO --policy " + policy);
  }

  @Test
  void hyperparameters_that_were_learned_are_no_policy() throws IOException {
    RunFolder run = new MadeUpRun(5, 5, 3, 4, true).write(folder);
    Path result = folder.resolve("result.json");
    Files.writeString(
        result,
        Files.readString(result)
            .replace("\"logits\"", "\"hyperparameter/learning_rate\"")
            .replace("\"magnitudes\"", "\"hyperparameter/momentum\""));

    JsonNode next = new ObjectMapper().readTree(RunReport.of(run, false).json()).get("next");

    assertThat(next.findValuesAsText("text"))
        .noneMatch(text -> text.startsWith("With --refit") || text.contains("policy was learned"));
  }

  @Test
  void only_files_that_are_there_are_listed() throws IOException {
    assertThat(data(ENDED, false).get("files").findValuesAsText("path"))
        .containsExactly("config.json", "log.jsonl");
  }

  @Test
  void a_damaged_file_is_named() throws IOException {
    RunFolder run = ENDED.write(folder);
    Files.writeString(folder.resolve("log.jsonl"), "{\"epoch\":1}\n");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> RunReport.of(run, false))
        .withMessageContaining("log.jsonl, line 1");
  }
}
