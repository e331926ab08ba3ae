package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.smartaug.cli.SmartAugProcess.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Precision and memory format of a run, as it records and repeats them. */
class ComputationCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path folder;

  private Path train(String name, String... more) {
    Path run = folder.resolve(name);
    List<String> arguments = TinyTraining.arguments(run);
    arguments.addAll(List.of(more));
    Result result = InProcess.run(arguments.toArray());
    assertThat(result.exitCode()).as("%s", result.err()).isZero();
    return run;
  }

  private static JsonNode config(Path run) throws IOException {
    return JSON.readTree(run.resolve("config.json").toFile());
  }

  @Test
  void a_run_records_what_was_asked_for_and_its_repetition_is_the_same_to_the_bit()
      throws IOException {
    Path run = train("first", "--precision", "bfloat16", "--memory-format", "contiguous");
    JsonNode options = config(run).path("options");
    assertThat(options.path("precision").asText()).isEqualTo("bfloat16");
    assertThat(options.path("memory-format").asText()).isEqualTo("contiguous");
    JsonNode model = config(run).path("model");
    assertThat(model.path("precision").asText()).isEqualTo("bfloat16");
    assertThat(model.path("memory_format").asText()).isEqualTo("contiguous");

    Path again = folder.resolve("again");
    Result result =
        InProcess.run(
            "train",
            "--config",
            run.resolve("config.json"),
            "--precision",
            "bfloat16",
            "--out",
            again);

    assertThat(result.exitCode()).as("%s", result.err()).isZero();
    assertThat(RunOutcome.of(again)).isEqualTo(RunOutcome.of(run));
    assertThat(config(again).path("model")).isEqualTo(model);
  }

  @Test
  void a_short_run_records_the_models_own_way_for_auto_and_says_so() throws IOException {
    List<String> arguments = new ArrayList<>(TinyTraining.arguments(folder.resolve("run")));
    arguments.addAll(List.of("--precision", "auto"));

    Result result = InProcess.run(arguments.toArray());

    assertThat(result.exitCode()).as("%s", result.err()).isZero();
    assertThat(result.out()).anyMatch(line -> line.contains("computes in float32, channels last"));
    JsonNode options = config(folder.resolve("run")).path("options");
    assertThat(options.path("precision").asText()).isEqualTo("float32");
    assertThat(options.path("memory-format").asText()).isEqualTo("channels-last");
  }

  @Test
  void bfloat16_gives_other_bits_than_float32() {
    assertThat(RunOutcome.of(train("short", "--precision", "bfloat16")))
        .isNotEqualTo(RunOutcome.of(train("full")));
  }
}
