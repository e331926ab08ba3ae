package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.augment.Policies;
import io.github.smartaug.cli.SmartAugProcess.Result;
import io.github.smartaug.cli.extension.SharedPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A policy from outside, one class and one registration, is one of the command line's. */
class PolicyExtensionTest {
  @TempDir static Path folder;

  @BeforeAll
  static void train() {
    Policies.register(new SharedPolicy.Type());
    assertDone("run", "--augment", "shared");
  }

  @AfterAll
  static void unregister() {
    Policies.unregister("shared");
  }

  private static void assertDone(String out, String... more) {
    List<String> arguments = new ArrayList<>(TinyTraining.arguments(folder.resolve(out)));
    arguments.addAll(List.of(more));
    Result result = InProcess.run(arguments.toArray());
    assertThat(result.exitCode()).as("%s", result.err()).isZero();
  }

  @Test
  void its_run_leaves_a_policy_of_its_kind() throws IOException {
    assertThat(Files.readString(folder.resolve("run/policy.json")))
        .contains("\"kind\" : \"shared\"");
    assertThat(Files.readString(folder.resolve("run/config.json"))).contains("\"shared\"");
  }

  @Test
  void its_run_is_evaluated_with_it() {
    Result result =
        InProcess.run("evaluate", folder.resolve("run"), "--test-time-augmentation", "2");
    assertThat(result.exitCode()).as("%s", result.err()).isZero();
  }

  @Test
  void other_runs_use_and_replay_what_was_learned() {
    assertDone(
        "replayed", "--augment", folder.resolve("run/policy.json").toString(), "--replay-schedule");
  }

  @Test
  void help_and_errors_list_it() {
    assertThat(String.join("\n", InProcess.run("train", "--help-all").out()))
        .containsPattern("shared:? +the same transforms for all");
    Result wrong = InProcess.run("train", "--augment", "nonsense");
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(String.join("\n", wrong.err()))
        .contains("--augment: \"nonsense\", allowed: ")
        .contains("sequence, shared, FILE.json, RUN");
  }
}
