package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.cli.SmartAugProcess.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {
  @TempDir private static Path folder;
  private static Path run;

  @BeforeAll
  static void train() {
    run = folder.resolve("a run");
    TinyTraining.train(run);
  }

  @Test
  void a_finished_run_has_a_page_with_its_pictures() throws IOException {
    String page = Files.readString(run.resolve("report.html"));

    assertThat(page).contains("lenet on fashion-mnist-mini, augmentation learned");
    assertThat(page).contains("\"state\":\"finished\"");
    assertThat(page)
        .contains("\"name\":\"augmented.png\"", "\"name\":\"strengths.png\"")
        .contains("\"name\":\"mistakes.png\"");
  }

  @Test
  void the_list_of_files_names_those_that_are_there() throws IOException {
    assertThat(run.resolve("README.txt"))
        .content()
        .contains("report.html", "samples/mistakes.png")
        .doesNotContain("refit/", "architecture.pt", "More will come");
  }

  @Test
  void it_is_written_again_for_a_run_that_was_moved() throws IOException {
    Path moved = folder.resolve("moved");
    TinyTraining.copy(run, moved);
    Files.delete(moved.resolve("report.html"));

    Result result = InProcess.run("report", moved);

    assertThat(result.exitCode()).isZero();
    assertThat(result.out()).containsExactly("report in " + moved.resolve("report.html"));
    assertThat(moved.resolve("report.html")).content().contains("predict " + moved + " PHOTOS");
  }

  @Test
  void a_run_that_ended_early_has_one_too() throws IOException {
    Path early = TinyTraining.interruptedCopy(run, folder.resolve("early"));

    assertThat(InProcess.run("report", early).exitCode()).isZero();
    assertThat(early.resolve("report.html")).content().contains("\"state\":\"ended\"");
  }

  @Test
  void a_folder_without_a_run_is_refused() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));

    Result result = InProcess.run("report", empty);

    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err())
        .containsExactly(
            "smartaug: " + empty + ": holds no run of SmartAug, config.json is missing");
    assertThat(empty).isEmptyDirectory();
  }
}
