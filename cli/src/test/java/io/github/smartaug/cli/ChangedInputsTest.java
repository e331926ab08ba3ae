package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.cli.SmartAugProcess.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose input files are not what they were. */
class ChangedInputsTest {
  private static final String BEFORE =
      """
      [ {"name":"R","function":"rotate","param":{"max":5}},
        {"name":"I","function":"identity","param":{}} ]
      """;

  private static final String AFTER = BEFORE.replace("5", "90");

  @TempDir Path folder;
  private Path run;
  private Path set;

  @BeforeEach
  void name() throws IOException {
    run = folder.resolve("run");
    set = Files.writeString(folder.resolve("set.json"), BEFORE);
  }

  private void train(Object... more) {
    List<Object> arguments = new ArrayList<>(TinyTraining.arguments(run));
    arguments.addAll(List.of("--model", "mlp"));
    arguments.addAll(List.of(more));
    Result result = InProcess.run(arguments.toArray());
    assertThat(result.exitCode()).as("%s", result.err()).isZero();
  }

  private Result resume() throws IOException {
    Files.deleteIfExists(run.resolve("result.json"));
    return InProcess.run("train", "--resume", "--out", run);
  }

  private Result repeat(Object... more) {
    List<Object> arguments = new ArrayList<>();
    arguments.addAll(List.of("train", "--config", run.resolve("config.json")));
    arguments.addAll(List.of("--out", folder.resolve("again")));
    arguments.addAll(List.of(more));
    return InProcess.run(arguments.toArray());
  }

  private static void assertChanged(Result result, String option, Path file) {
    assertThat(result.message())
        .startsWith("smartaug: --" + option + ": " + file + " has changed since the run began,")
        .containsPattern("allowed: the file of SHA-256 \\p{XDigit}{64}$");
    assertThat(result.exitCode()).isEqualTo(2);
  }

  @Test
  void a_transform_set_that_changed_is_named_on_resume_and_on_repeating() throws IOException {
    train("--transforms", set);
    Files.writeString(set, AFTER);
    assertChanged(resume(), "transforms", set);
    assertChanged(repeat(), "transforms", set);
    assertThat(folder.resolve("again")).doesNotExist();
  }

  @Test
  void a_transform_set_that_is_as_it_was_is_taken() throws IOException {
    train("--transforms", set);
    Files.writeString(set, AFTER);
    Files.writeString(set, BEFORE);
    assertThat(resume().exitCode()).isZero();
    assertThat(repeat().exitCode()).isZero();
  }

  @Test
  void a_file_that_is_given_anew_may_be_another() throws IOException {
    train("--transforms", set);
    Files.writeString(set, AFTER);
    assertThat(repeat("--transforms", set).exitCode()).isZero();
    assertChanged(repeat("--force"), "transforms", set);
  }

  @Test
  void a_file_that_is_gone_is_named() throws IOException {
    train("--transforms", set);
    Files.delete(set);
    assertThat(resume().message())
        .startsWith("smartaug: --transforms: " + set + ": cannot be read: ");
  }

  @Test
  void a_policy_file_that_changed_is_named() throws IOException {
    Path earlier = folder.resolve("earlier");
    TinyTraining.train(earlier);
    Path policy = Files.copy(earlier.resolve("policy.json"), folder.resolve("policy.json"));
    train("--augment", policy);
    Files.writeString(policy, Files.readString(policy) + "\n");
    assertChanged(resume(), "augment", policy);
    assertChanged(repeat(), "augment", policy);
  }

  @Test
  void files_are_recorded_so_that_they_are_found_from_every_working_directory() throws IOException {
    Path here = Path.of("").toAbsolutePath();
    Path relative = here.relativize(set);

    train("--augment", "random", "--transforms", relative);

    assertThat(Files.readString(run.resolve("config.json")))
        .contains("\"transforms\" : \"" + set + "\"");
    Files.delete(run.resolve("result.json"));
    Result resumed =
        InProcess.run("train", "--resume", "--out", run, "--transforms", relative.toString());
    assertThat(resumed.exitCode()).as("%s", resumed.err()).isZero();
  }

  @Test
  void the_files_of_runs_that_recorded_relative_paths_are_still_theirs() throws IOException {
    Path relative = Path.of("").toAbsolutePath().relativize(set);
    train("--augment", "random", "--transforms", set);
    Path config = run.resolve("config.json");
    Files.writeString(
        config,
        Files.readString(config)
            .replace("\"transforms\" : \"" + set, "\"transforms\" : \"" + relative));
    Files.delete(run.resolve("result.json"));

    Result resumed = InProcess.run("train", "--resume", "--out", run, "--transforms", set);

    assertThat(resumed.exitCode()).as("%s", resumed.err()).isZero();
  }

  @Test
  void evaluation_with_the_transforms_of_the_run_names_them() throws IOException {
    train("--augment", "random", "--transforms", set);
    Files.writeString(set, AFTER);
    assertThat(InProcess.run("evaluate", run).exitCode()).isZero();
    assertChanged(
        InProcess.run("evaluate", run, "--test-time-augmentation", "2"), "transforms", set);
  }
}
