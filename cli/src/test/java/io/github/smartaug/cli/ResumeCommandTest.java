package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.cli.SmartAugProcess.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResumeCommandTest {
  @TempDir private static Path shared;
  private static Path finished;

  @TempDir private Path folder;
  private Path run;

  @BeforeAll
  static void train() {
    finished = shared.resolve("finished");
    TinyTraining.train(finished);
  }

  @BeforeEach
  void interrupt() {
    run = TinyTraining.interruptedCopy(finished, folder.resolve("run"));
  }

  private Result resume(String... more) {
    List<String> arguments = new ArrayList<>(List.of("train", "--resume", "--out", run.toString()));
    arguments.addAll(List.of(more));
    return InProcess.run(arguments.toArray());
  }

  private void assertSameAsFinished(Result result) {
    assertThat(result.exitCode()).as("%s", result.err()).isZero();
    assertThat(RunOutcome.of(run)).isEqualTo(RunOutcome.of(finished));
    assertThat(run.resolve("result.json")).isRegularFile();
  }

  private static void assertWrongInput(Result result, String message) {
    assertThat(result.err()).singleElement().asString().isEqualTo("smartaug: " + message);
    assertThat(result.exitCode()).isEqualTo(2);
  }

  @Test
  void a_run_that_lacks_only_its_result_gets_it() {
    assertSameAsFinished(resume());
  }

  @Test
  void the_run_keeps_its_description() throws IOException {
    resume();
    assertThat(run.resolve("config.json")).hasSameTextualContentAs(finished.resolve("config.json"));
  }

  @Test
  void a_finished_run_says_that_it_is_finished() {
    Result result = InProcess.run("train", "--resume", "--out", finished.toString());
    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .containsExactly("the run in " + finished + " is finished, nothing to resume");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tensors.safetensors", "state.json"})
  void a_last_checkpoint_that_is_cut_in_half_is_passed_over(String file) {
    TinyTraining.cutInHalf(TinyTraining.checkpoints(run).get(0).resolve(file));
    assertSameAsFinished(resume());
  }

  @Test
  void two_damaged_checkpoints_are_one_clear_line() {
    List<Path> checkpoints = TinyTraining.checkpoints(run);
    checkpoints.forEach(path -> TinyTraining.cutInHalf(path.resolve("tensors.safetensors")));
    assertWrongInput(
        resume(),
        checkpoints.get(1).resolve("tensors.safetensors")
            + ": damaged checkpoint (its hash is not that in state.json)");
  }

  @Test
  void the_checkpoint_of_another_version_is_refused() throws IOException {
    Path state = TinyTraining.checkpoints(run).get(0).resolve("state.json");
    Files.writeString(state, Files.readString(state).replace("\"version\" : 3", "\"version\" : 9"));
    assertWrongInput(
        resume(),
        state + ": version: 9, allowed: 3 (the checkpoint was written by a newer SmartAug)");
  }

  @Test
  void lines_that_the_log_has_too_many_are_not_doubled() throws IOException {
    Files.writeString(run.resolve("log.jsonl"), "{\"epoch\":3}\n{\"epo", StandardOpenOption.APPEND);
    assertSameAsFinished(resume());
  }

  private static String nothingSaved(Path run) {
    return "--resume: nothing was saved in " + run + " yet, the run begins";
  }

  @Test
  void a_run_that_was_killed_before_its_first_checkpoint_begins() throws IOException {
    for (Path checkpoint : TinyTraining.checkpoints(run)) {
      Files.move(checkpoint, folder.resolve(checkpoint.getFileName()));
    }
    Result result = resume();
    assertThat(result.out()).contains(nothingSaved(run));
    assertSameAsFinished(result);
  }

  @Test
  void a_run_that_goes_on_says_nothing_of_the_kind() {
    assertThat(resume().out()).noneMatch(line -> line.startsWith("--resume"));
  }

  private Result resumeUnsaved(Path out) {
    List<String> arguments = TinyTraining.arguments(out);
    arguments.add("--resume");
    return InProcess.run(arguments.toArray());
  }

  private void assertBegins(Path out) throws IOException {
    Result result = resumeUnsaved(out);
    assertThat(result.exitCode()).as("%s", result.err()).isZero();
    assertThat(result.out()).contains(nothingSaved(out));
    assertThat(RunOutcome.of(out)).isEqualTo(RunOutcome.of(finished));
    String recorded = Files.readString(out.resolve("config.json"));
    assertThat(recorded).contains("\"resume\" : false");
  }

  @Test
  void a_folder_that_is_missing_begins_the_run() throws IOException {
    assertBegins(folder.resolve("missing/run"));
  }

  @Test
  void a_folder_that_is_empty_begins_the_run() throws IOException {
    assertBegins(Files.createDirectory(folder.resolve("empty")));
  }

  @Test
  void a_run_that_was_killed_before_it_described_itself_begins() throws IOException {
    Path killed = Files.createDirectories(folder.resolve("killed"));
    Files.createDirectories(killed.resolve("checkpoint/.partial-epoch-0001-step-00000"));
    Files.writeString(killed.resolve("checkpoint/.partial-epoch-0001-step-00000/state.json"), "{");
    Files.writeString(killed.resolve(".lock"), "process 1 on host since then");
    Files.writeString(killed.resolve(".0b66df0e-3d25-4a5c-a7c2-4f6bd8ae3f83.tmp"), "{\"comm");
    Files.copy(finished.resolve("README.txt"), killed.resolve("README.txt"));
    assertBegins(killed);
    assertThat(killed.toFile().list((parent, name) -> name.startsWith("."))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.txt", "notes.txt", "model.safetensors"})
  void a_folder_with_other_files_is_no_run_and_is_left_alone(String name) throws IOException {
    Path mine = Files.createDirectory(folder.resolve("mine"));
    Files.writeString(mine.resolve(name), "mine");
    assertWrongInput(
        resumeUnsaved(mine),
        "--resume: " + mine + ": holds no run of SmartAug, config.json is missing");
    assertThat(mine.resolve(name)).hasContent("mine");
    assertThat(mine.toFile().list()).containsExactly(name);
  }

  @Test
  void the_folder_must_be_given() {
    assertWrongInput(
        InProcess.run("train", "--resume"),
        "--resume: no folder, allowed: with --out, the folder of the run");
  }

  @ParameterizedTest
  @CsvSource({
    "--lr,         0.05, 0.1",
    "--epochs,     5,    2",
    "--threads,    7,    1",
    "--device,     cuda, cpu",
    "--momentum,   0.5,  0.9",
    "--model,      mlp,  lenet",
    "--precision,  bfloat16, float32",
    "--memory-format, contiguous, channels-last"
  })
  void an_option_that_contradicts_the_run_is_named(String option, String given, String recorded) {
    assertWrongInput(
        resume(option, given),
        option
            + ": "
            + given
            + " differs from the run's own value "
            + recorded
            + ", in "
            + run.resolve("config.json"));
  }

  @Test
  void beginning_anew_and_going_on_exclude_each_other() {
    assertWrongInput(resume("--force"), "--force: begins a new run, allowed: without --resume");
  }

  @Test
  void options_that_agree_with_the_run_may_be_repeated() {
    assertSameAsFinished(resume("--lr", "0.1", "--epochs", "2", "--checkpoint-minutes", "1"));
  }

  @Test
  void what_the_run_chose_stays_when_it_is_told_to_choose() {
    assertSameAsFinished(resume("--precision", "auto", "--memory-format", "auto"));
  }

  @Test
  void beginning_anew_removes_the_checkpoints() {
    List<String> arguments = TinyTraining.arguments(run);
    arguments.add("--force");
    arguments.set(arguments.indexOf("--epochs") + 1, "1");
    assertThat(InProcess.run(arguments.toArray()).exitCode()).isZero();
    assertThat(TinyTraining.checkpoints(run))
        .extracting(path -> path.getFileName().toString())
        .containsExactly("epoch-0002-step-00000", "epoch-0001-step-00000");
  }
}
