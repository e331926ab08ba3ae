package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.cli.SmartAugProcess.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigFileTest {
  @TempDir private static Path shared;
  private static Path first;

  @TempDir private Path folder;

  @BeforeAll
  static void train() {
    first = shared.resolve("first");
    TinyTraining.train(first);
  }

  private Result repeat(Path config, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("train", "--config", config.toString(), "--out", folder + "/again"));
    arguments.addAll(List.of(more));
    return InProcess.run(arguments.toArray());
  }

  @Test
  void a_run_is_repeated_from_its_configuration() {
    Result result = repeat(first.resolve("config.json"));
    assertThat(result.exitCode()).as("%s", result.err()).isZero();
    assertThat(RunOutcome.of(folder.resolve("again"))).isEqualTo(RunOutcome.of(first));
  }

  @Test
  void the_repeated_run_can_be_repeated() {
    assertThat(repeat(first.resolve("config.json"), "--epochs", "1").exitCode()).isZero();
    Path again = folder.resolve("again");
    Result third =
        InProcess.run(
            "train", "--config", again + "/config.json", "--out", folder.resolve("third") + "");
    assertThat(third.exitCode()).as("%s", third.err()).isZero();
    assertThat(RunOutcome.of(folder.resolve("third"))).isEqualTo(RunOutcome.of(again));
  }

  @Test
  void options_of_the_command_line_come_before_those_of_the_file() throws IOException {
    Result result = repeat(first.resolve("config.json"), "--epochs", "1", "--augment", "none");
    assertThat(result.exitCode()).as("%s", result.err()).isZero();
    assertThat(RunOutcome.log(folder.resolve("again"))).hasSize(1);
    assertThat(folder.resolve("again/policy.json")).doesNotExist();
  }

  @Test
  void a_file_of_an_earlier_version_has_the_earlier_names() throws IOException {
    String written = Files.readString(first.resolve("config.json"));
    assertThat(written).contains("\"augmented-weight\"").contains("\"scheduler\" : \"cosine\"");
    Path earlier =
        Files.writeString(
            folder.resolve("config.json"),
            written
                .replace("\"augmented-weight\" : 1.0", "\"unsupervised-weight\" : 0.25")
                .replace("\"scheduler\" : \"cosine\"", "\"scheduler\" : \"exponential\""));
    Result result = repeat(earlier);
    assertThat(result.exitCode()).as("%s", result.err()).isZero();
    assertThat(Files.readString(folder.resolve("again/config.json")))
        .contains("\"augmented-weight\" : 0.25")
        .contains("\"scheduler\" : \"polynomial\"")
        .doesNotContain("unsupervised");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"options\": {\"lr\": \"fast\"}}     | options.lr: \"fast\", allowed: a number",
        "{\"options\": {\"lr\": -1}}           | options.lr: -1, allowed: above 0",
        "{\"options\": {\"augment\": \"some\"}}| options.augment: \"some\", allowed: none",
        "{\"options\": {\"epochs\": 1.5}}      | options.epochs: \"1.5\", allowed: a whole number",
        "{\"options\": {\"nesterov\": 3}}      | options.nesterov: '3' is not a boolean",
        "{\"options\": {\"learning-rate\": 1}} | options.learning-rate: no such option, allowed: ",
        "{\"options\": {\"lr\": [1]}}          | options.lr: [1], allowed: a text, a number,",
        "{\"options\": 3}                      | options: 3, allowed: an object",
        "{}                                    | options: missing, allowed: an object",
        "{\"options\": {                       | not JSON, line 1: Unexpected end-of-input",
        "[]                                    | [], allowed: an object"
      })
  void a_wrong_file_is_one_line_with_file_and_field(String content, String message)
      throws IOException {
    Path file = Files.writeString(folder.resolve("config.json"), content);
    Result result = repeat(file);
    assertThat(result.err())
        .singleElement()
        .asString()
        .startsWith("smartaug: " + file + ": " + message);
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(folder.resolve("again")).doesNotExist();
  }

  @Test
  void a_file_that_is_not_there_is_named() {
    Path missing = folder.resolve("config.json");
    Result result = repeat(missing);
    assertThat(result.err()).containsExactly("smartaug: " + missing + ": no such file");
    assertThat(result.exitCode()).isEqualTo(2);
  }

  @Test
  void a_wrong_option_of_the_command_line_is_not_blamed_on_the_file() {
    Result result = repeat(first.resolve("config.json"), "--lr", "-1");
    assertThat(result.err()).containsExactly("smartaug: --lr: -1, allowed: above 0");
  }
}
