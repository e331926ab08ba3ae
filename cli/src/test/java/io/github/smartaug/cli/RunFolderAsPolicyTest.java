package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.cli.SmartAugProcess.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wherever a policy is wanted, the folder of the run that learned it will do. */
class RunFolderAsPolicyTest {
  @TempDir static Path shared;

  @TempDir Path folder;

  @BeforeAll
  static void train() {
    TinyTraining.train(shared.resolve("run"));
  }

  private static Path run() {
    return shared.resolve("run");
  }

  @Test
  void training_takes_it_and_records_the_file() throws IOException {
    Result byFolder = train("by-folder", run());
    Result byFile = train("by-file", run().resolve("policy.json"));

    assertThat(byFolder.out()).anyMatch(line -> line.startsWith("policy  fixed, "));
    assertThat(byFile.exitCode()).isZero();
    assertThat(RunOutcome.of(folder.resolve("by-folder")))
        .isEqualTo(RunOutcome.of(folder.resolve("by-file")));
    assertThat(Files.readString(folder.resolve("by-folder/config.json")))
        .contains(run().resolve("policy.json").toString());
  }

  @Test
  void applying_takes_it() throws IOException {
    Path image = Pictures.write(folder.resolve("in.png"), Pictures.colour(20, 20));
    Path byFolder = folder.resolve("by-folder.png");
    Path byFile = folder.resolve("by-file.png");

    Result result = InProcess.run("apply", "--policy", run(), image, byFolder);
    InProcess.run("apply", "--policy", run().resolve("policy.json"), image, byFile);

    assertThat(result.exitCode()).as("%s", result.err()).isZero();
    assertThat(byFolder).hasSameBinaryContentAs(byFile);
  }

  @Test
  void a_preview_takes_it() {
    Path out = folder.resolve("sheet.png");

    Result result = InProcess.run("preview", "--policy", run(), "--out", out);

    assertThat(result.exitCode()).as("%s", result.err()).isZero();
    assertThat(Pictures.read(out).getHeight()).isGreaterThan(18 * 84);
  }

  @Test
  void a_run_does_not_replace_the_policy_that_it_trains_with() {
    assertThat(InProcess.run("train", "--augment", run(), "--out", run(), "--force").message())
        .isEqualTo(
            "smartaug: --out: %s: holds %s, which the run needs, allowed: a new folder"
                .formatted(run(), run().resolve("policy.json")));
    assertThat(run().resolve("policy.json")).isNotEmptyFile();
  }

  @Test
  void a_folder_without_a_policy_is_refused() {
    assertThat(InProcess.run("train", "--augment", folder, "--out", folder.resolve("x")).message())
        .startsWith(
            "smartaug: --augment: \""
                + folder
                + "\", without policy.json, allowed: the folder of a run that learned a policy");
    assertThat(
            InProcess.run("preview", "--policy", folder, "--out", folder.resolve("x.png"))
                .message())
        .isEqualTo("smartaug: " + folder.resolve("policy.json") + ": no such file");
  }

  private Result train(String out, Path policy) {
    List<String> arguments = TinyTraining.arguments(folder.resolve(out));
    arguments.addAll(List.of("--augment", policy.toString()));
    Result result = InProcess.run(arguments.toArray());
    assertThat(result.exitCode()).as("%s", result.err()).isZero();
    return result;
  }
}
