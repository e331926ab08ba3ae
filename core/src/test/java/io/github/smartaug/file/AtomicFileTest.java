package io.github.smartaug.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AtomicFileTest {
  @TempDir private Path folder;
  private Path target;

  @BeforeEach
  void nameTarget() {
    target = folder.resolve("result.json");
  }

  private long filesInFolder() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {209, 210, 246, 247, 255})
  @EnabledOnOs(OS.LINUX)
  void a_name_may_be_as_long_as_the_file_system_allows(int length) throws IOException {
    Path file = folder.resolve("f".repeat(length));
    AtomicFile.write(file, "x");
    assertThat(file).hasContent("x");

    Path other = folder.resolve("d".repeat(length));
    AtomicFolder.write(other, inside -> AtomicFile.write(inside.resolve("a"), "y"));
    assertThat(other.resolve("a")).hasContent("y");
  }

  @Test
  void the_content_takes_the_place_of_the_previous_one() throws IOException {
    AtomicFile.write(target, "a much longer first version");
    AtomicFile.write(target, "größer");

    assertThat(target).hasContent("größer");
    assertThat(filesInFolder()).isEqualTo(1);
  }

  @Test
  void until_the_content_is_complete_the_previous_one_is_there() throws IOException {
    AtomicFile.write(target, "old");

    AtomicFile.write(
        target,
        out -> {
          out.write("new".getBytes(StandardCharsets.UTF_8));
          out.flush();
          assertThat(target).hasContent("old");
          assertThat(filesInFolder()).as("the temporary file lies in the same folder").isEqualTo(2);
        });

    assertThat(target).hasContent("new");
  }

  @Test
  void a_failure_leaves_the_previous_content_and_no_temporary_file() throws IOException {
    AtomicFile.write(target, "old");

    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    target,
                    out -> {
                      out.write(1);
                      throw new IOException("disk full");
                    }))
        .hasMessage("disk full");
    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    target,
                    out -> {
                      throw new IllegalStateException("bug");
                    }))
        .hasMessage("bug");

    assertThat(target).hasContent("old");
    assertThat(filesInFolder()).isEqualTo(1);
  }

  @Test
  void a_file_without_a_folder_in_its_name_is_written_in_the_working_folder() throws IOException {
    Path relative = Path.of("atomic-file-test.tmp");
    try {
      AtomicFile.write(relative, "here");
      assertThat(relative).hasContent("here");
    } finally {
      Files.deleteIfExists(relative);
    }
  }

  @Test
  void a_missing_folder_and_a_folder_as_target_are_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AtomicFile.write(folder.resolve("none/result.json"), "x"))
        .withMessageContaining("the folder " + folder.resolve("none") + " does not exist");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AtomicFile.write(folder, "x"))
        .withMessage(folder + ": is a folder, allowed: the name of a file");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void a_symbolic_link_stays_and_its_target_is_replaced() throws IOException {
    AtomicFile.write(target, "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), target);

    AtomicFile.write(link, "new");

    assertThat(link).isSymbolicLink();
    assertThat(target).hasContent("new");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void a_device_is_written_and_not_replaced() throws IOException {
    Path device = Path.of("/dev/null");

    AtomicFile.write(device, "x");

    assertThat(Files.isRegularFile(device)).isFalse();
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void the_file_has_the_permissions_of_any_new_file() throws IOException {
    Path ordinary = Files.writeString(folder.resolve("ordinary"), "x");

    AtomicFile.write(target, "x");

    assertThat(Files.getPosixFilePermissions(target))
        .isEqualTo(Files.getPosixFilePermissions(ordinary));
  }
}
