package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run prints. */
class RunOutputTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  @Test
  void a_run_that_learns_sequences_prints_the_ten_likeliest() {
    List<String> out = train("sequence", 2, "--meta-lr=0.02");

    int head = out.indexOf("likeliest sequences:");
    assertThat(head).isPositive();
    assertThat(out.subList(head + 1, head + 11))
        .allMatch(line -> line.matches("  +0\\.\\d\\d %  [^ ]+, then [^ ]+"));
    assertThat(out.get(head + 11)).startsWith("the policy barely moved");
    assertThat(out.get(head + 12)).startsWith("too few meta steps to tell");
    assertThat(out.get(head + 13)).startsWith("test accuracy");
  }

  @Test
  void a_run_prints_strengths_in_units_and_says_which_accuracy_an_epoch_has() {
    List<String> out = train("learned", 1);

    assertThat(out)
        .anyMatch(line -> line.matches("epoch 1/2 .* validation accuracy +[0-9.]+ %.*"))
        .anyMatch(line -> line.matches("  Rotate .* 0\\.\\d\\d +-([0-9.]+) to \\1 degrees"))
        .anyMatch(line -> line.matches("  TranslateX .* -([0-9.]+) to \\1 % of the width"))
        .doesNotContain("likeliest sequences:");
  }

  @Test
  void a_quiet_run_prints_one_line_with_its_accuracy_and_its_folder() throws IOException {
    List<String> out = train("learned", 1, "--quiet");

    double accuracy = file("result.json").required("test_accuracy").asDouble();
    String line =
        String.format(
            Locale.ROOT,
            "test accuracy %.2f %%, run folder %s",
            100 * accuracy,
            folder.resolve("run"));
    assertThat(out).containsExactly(line);
    assertThat(resumeFinished("--quiet")).containsExactly(line);
  }

  @Test
  void json_is_an_object_a_line_with_the_numbers_of_the_files_of_the_run() throws IOException {
    List<JsonNode> events = events(train("learned", 1, "--json", "--refit"));

    assertThat(events.stream().map(event -> event.required("event").asText()))
        .containsExactly(
            "started", "epoch", "epoch", "refit_started", "refit_epoch", "refit_epoch", "finished");
    JsonNode started = events.get(0);
    assertThat(started.required("run").asText()).isEqualTo(folder.resolve("run").toString());
    assertThat(started.required("epochs").asInt()).isEqualTo(2);
    assertThat(started.required("epochs_done").asInt()).isZero();
    assertThat(started.required("model").asText()).isEqualTo("lenet");
    assertThat(started.required("remarks").toString()).contains("with so few, --augment random");
    List<String> log = Files.readAllLines(folder.resolve("run/log.jsonl"));
    for (int epoch = 1; epoch <= 2; epoch++) {
      ObjectNode written = (ObjectNode) JSON.readTree(log.get(epoch - 1));
      assertThat(withoutEvent(events.get(epoch))).isEqualTo(written);
    }
    assertThat(events.get(3).required("training_images").asInt())
        .isEqualTo(
            started.required("training_images").asInt()
                + started.required("validation_images").asInt());
    ObjectNode result = (ObjectNode) file("result.json");
    result.remove("log");
    result.set("run", started.required("run"));
    assertThat(withoutEvent(events.get(6))).isEqualTo(result);

    assertThat(events(resumeFinished("--json"))).containsExactly(events.get(6));
    assertThat(file("config.json").required("options").has("json")).isFalse();
  }

  private static ObjectNode withoutEvent(JsonNode event) {
    ObjectNode content = event.deepCopy();
    content.remove("event");
    return content;
  }

  @Test
  void a_wrong_option_is_one_line_on_the_error_stream_and_no_object() {
    SmartAugProcess.Result result =
        InProcess.run("train", "--json", "--lr", "-1", "--out", folder.resolve("run"));
    assertThat(result.exitCode()).isEqualTo(Errors.WRONG_INPUT);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).hasSize(1).first().asString().startsWith("smartaug: --lr: ");

    SmartAugProcess.Result both = InProcess.run("train", "--json", "--quiet");
    assertThat(both.exitCode()).isEqualTo(Errors.WRONG_INPUT);
    assertThat(both.err())
        .containsExactly("smartaug: --json: given with --quiet, allowed: one of them");
  }

  private JsonNode file(String name) throws IOException {
    return JSON.readTree(folder.resolve("run").resolve(name).toFile());
  }

  private static List<JsonNode> events(List<String> lines) throws IOException {
    List<JsonNode> events = new ArrayList<>();
    for (String line : lines) {
      events.add(JSON.readTree(line));
    }
    return events;
  }

  private List<String> resumeFinished(String style) {
    SmartAugProcess.Result result =
        InProcess.run("train", "--resume", "--out", folder.resolve("run"), style);
    assertThat(result.exitCode()).as("%s", result.err()).isZero();
    return result.out();
  }

  private List<String> train(String augment, int length, String... more) {
    List<String> arguments = TinyTraining.arguments(folder.resolve("run"));
    arguments.set(arguments.indexOf("--length") + 1, Integer.toString(length));
    arguments.addAll(List.of("--augment", augment));
    arguments.addAll(List.of(more));
    SmartAugProcess.Result result = InProcess.run(arguments.toArray());
    assertThat(result.exitCode()).as("%s", result.err()).isZero();
    return result.out();
  }
}
