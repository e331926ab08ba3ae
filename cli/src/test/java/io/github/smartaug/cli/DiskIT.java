package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.smartaug.cli.SmartAugProcess.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Disks that take no more, and folders that take nothing. */
@DisabledOnOs(OS.WINDOWS)
class DiskIT {
  /**
   * In blocks of 512 bytes: room for the first checkpoint (the model and the best model so far, 3.5
   * MB), not for the second (with momentum, 5.2 MB). A limit to the size of files is a full disk
   * that needs no privileges.
   */
  private static final List<String> LIMITED =
      List.of("sh", "-c", "ulimit -f 8600 && exec \"$@\"", "sh");

  @TempDir Path folder;

  @Test
  void a_full_disk_is_one_clear_line_and_the_run_can_go_on_when_there_is_room() throws Exception {
    TinyTraining.train(folder.resolve("whole"));

    Path run = folder.resolve("run");
    Result full;
    try (SmartAugProcess process =
        SmartAugProcess.start(folder, LIMITED, TinyTraining.arguments(run))) {
      full = process.await();
    }
    assertThat(full.err())
        .singleElement()
        .asString()
        .startsWith("smartaug: " + run.resolve("checkpoint/epoch-0002-step-00000"))
        .contains("the checkpoint cannot be written: ");
    assertThat(full.exitCode()).isEqualTo(1);
    assertThat(TinyTraining.checkpoints(run))
        .containsExactly(run.resolve("checkpoint/epoch-0001-step-00000"));
    assertThat(RunOutcome.log(run)).hasSize(1);

    Result resumed = InProcess.run("train", "--resume", "--out", run.toString());
    assertThat(resumed.exitCode()).as("%s", resumed.err()).isZero();
    assertThat(RunOutcome.of(run)).isEqualTo(RunOutcome.of(folder.resolve("whole")));
  }

  @Test
  void a_disk_without_room_for_the_first_checkpoint_ends_the_run_at_its_start() throws Exception {
    Path run = folder.resolve("run");
    List<String> tight = List.of("sh", "-c", "ulimit -f 2000 && exec \"$@\"", "sh");
    try (SmartAugProcess process =
        SmartAugProcess.start(folder, tight, TinyTraining.arguments(run))) {
      Result result = process.await();
      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.err()).singleElement().asString().contains("cannot be written");
    }
    assertThat(RunOutcome.log(run)).isEmpty();
    assertThat(TinyTraining.checkpoints(run)).isEmpty();
  }

  @Test
  void a_read_only_folder_takes_no_run() throws IOException {
    Path locked = Files.createDirectory(folder.resolve("locked"));
    assertNoPermission(locked, TinyTraining.arguments(locked));
  }

  @Test
  void a_read_only_run_cannot_go_on() throws IOException {
    Path run = Files.createDirectory(folder.resolve("run"));
    Files.writeString(run.resolve("config.json"), "{}");
    assertNoPermission(run, List.of("train", "--resume", "--out", run.toString()));
  }

  private void assertNoPermission(Path locked, List<String> arguments) throws IOException {
    Files.setPosixFilePermissions(locked, PosixFilePermissions.fromString("r-xr-xr-x"));
    try (SmartAugProcess process =
        SmartAugProcess.start(folder, boundByPermissions(locked), arguments)) {
      Result result = process.await();
      assertThat(result.err())
          .containsExactly(
              "smartaug: --out: " + locked + ": cannot be written, no permission for " + locked);
      assertThat(result.exitCode()).isEqualTo(2);
    }
  }

  /** Nothing for an ordinary user; root gives up the right to write everywhere. */
  private static List<String> boundByPermissions(Path locked) throws IOException {
    if (!Files.isWritable(locked)) {
      return List.of();
    }
    Path setpriv = Path.of("/usr/bin/setpriv");
    assumeTrue(Files.isExecutable(setpriv), "root, and there is no setpriv to be less");
    return List.of(setpriv.toString(), "--bounding-set=-dac_override", "--inh-caps=-dac_override");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void a_file_system_that_takes_no_folders_is_named() {
    List<String> arguments = new ArrayList<>(TinyTraining.arguments(Path.of("/proc/smartaug/run")));
    Result result = InProcess.run(arguments.toArray());
    assertThat(result.err())
        .singleElement()
        .asString()
        .startsWith("smartaug: --out: /proc/smartaug/run: cannot be ");
    assertThat(result.exitCode()).isEqualTo(2);
  }
}
