package io.github.smartaug.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.smartaug.run.RunFolder.EarlierRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
  @TempDir Path parent;

  @Test
  void checking_a_new_folder_writes_nothing() {
    RunFolder.check(parent.resolve("a/b"), EarlierRun.KEEP);
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void a_folder_that_is_not_empty_is_kept() throws IOException {
    Files.createFile(parent.resolve("notes.txt"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RunFolder.check(parent, EarlierRun.KEEP))
        .withMessage(parent + ": not empty, allowed: an empty or new folder");
  }

  @Test
  void replacing_removes_the_files_of_a_run_and_no_others() throws IOException {
    Files.createFile(parent.resolve("notes.txt"));
    Files.createFile(parent.resolve("result.json"));
    Files.createDirectory(parent.resolve("plots"));
    Files.createFile(parent.resolve("plots/losses.png"));
    Files.createFile(parent.resolve("plots/mine.png"));
    RunFolder.check(parent, EarlierRun.REPLACE).create();
    assertThat(parent.resolve("result.json")).doesNotExist();
    assertThat(parent.resolve("plots/losses.png")).doesNotExist();
    assertThat(parent.resolve("plots/mine.png")).exists();
    assertThat(parent.resolve("notes.txt")).exists();
  }

  @Test
  void what_cannot_be_replaced_is_named() throws IOException {
    Files.createFile(parent.resolve("plots"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RunFolder.check(parent, EarlierRun.REPLACE))
        .withMessageContaining("plots: a file, allowed: a folder");
  }

  @Test
  void a_folder_below_a_file_cannot_be_made() throws IOException {
    Path file = Files.createFile(parent.resolve("file"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RunFolder.check(file.resolve("run"), EarlierRun.KEEP))
        .withMessageContaining(file + " is a file");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RunFolder.check(file, EarlierRun.KEEP))
        .withMessageContaining(": a file, allowed: a folder");
  }

  @Test
  void subfolders_without_files_are_removed_in_the_end() throws IOException {
    RunFolder folder = RunFolder.check(parent.resolve("run"), EarlierRun.KEEP);
    folder.create();
    Files.createFile(folder.file(RunFile.LOSSES));
    folder.removeEmptySubfolders();
    assertThat(parent.resolve("run/plots")).isDirectory();
    assertThat(parent.resolve("run/samples")).doesNotExist();
  }
}
