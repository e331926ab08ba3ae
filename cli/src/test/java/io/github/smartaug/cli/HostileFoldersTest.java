package io.github.smartaug.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data sets whose folders are not as anybody would lay them out. */
@DisabledOnOs(OS.WINDOWS)
class HostileFoldersTest {
  @TempDir Path folder;
  private Path data;

  @BeforeEach
  void makeFolder() throws IOException {
    data = Files.createDirectory(folder.resolve("data"));
  }

  /** Folders of three images each. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "a b",
        "a b test",
        "a b val",
        "a b test/a",
        "a b test/a test/b",
        "a b test/a test/c",
        "a b train",
        "train",
        "train/a",
        "train/a train/b",
        "train/a train/b test",
        "train/a train/b val",
        "train/a train/b val/a valid/a",
        "train/a train/b Train/a Train/b",
        "train/a train/b TEST/a TEST/b Validation/a Validation/b",
        "train/a train/b c d",
        "train/train/a train/train/b",
        "test/a test/b",
        "valid/a",
        ".a .b",
        ".a b c",
        "... ....",
        "a.b c.d.e",
        ".jpg .png",
        "a.jpg b.png",
        "a/b/c/d/e/f/g/h b/b/c/d/e/f/g/h",
        "train/.a train/.b",
        "train/a/train/b train/b/test/c",
        "a\nb c\u001bd",
        "%s $(x) -x",
        "\u00fc \u5199",
      })
  void layouts_end_well(String folders) {
    for (String name : folders.split(" ", -1)) {
      for (int i = 0; i < 3; i++) {
        Pictures.write(data.resolve(name).resolve(i + ".png"), Pictures.colour(6, 6));
      }
    }
    endWell();
  }

  @Test
  void links_among_the_classes_end_well() throws IOException {
    layouts_end_well("train/a train/b test/a test/b");
    Files.createSymbolicLink(data.resolve("train/c"), data);
    Files.createSymbolicLink(data.resolve("train/a/up"), data.resolve("train"));
    Files.createSymbolicLink(data.resolve("train/a/over"), data.resolve("train/b"));
    Files.createSymbolicLink(data.resolve("train/b/over"), data.resolve("train/a"));
    Files.createSymbolicLink(data.resolve("val"), data.resolve("nowhere"));
    Files.createSymbolicLink(data.resolve("valid"), data.resolve("valid"));
    Files.createSymbolicLink(data.resolve("test/a/root"), Path.of("/"));
    endWell();
  }

  @Test
  void sets_that_are_links_to_each_other_or_files_end_well() throws IOException {
    layouts_end_well("train/a train/b");
    Files.createSymbolicLink(data.resolve("test"), data.resolve("train"));
    Files.writeString(data.resolve("val"), "a file");
    Files.createSymbolicLink(data.resolve("validation"), data);
    endWell();
  }

  @Test
  void what_is_no_image_under_the_name_of_one_ends_well() throws Exception {
    layouts_end_well("a b");
    new ProcessBuilder("mkfifo", data.resolve("a/pipe.png").toString()).start().waitFor();
    new ProcessBuilder("mkfifo", data.resolve("a/pipe").toString()).start().waitFor();
    Files.createSymbolicLink(data.resolve("a/endless.png"), Path.of("/dev/zero"));
    Files.createSymbolicLink(data.resolve("a/endless"), Path.of("/dev/zero"));
    Files.createSymbolicLink(data.resolve("b/circle.png"), Path.of("circle.png"));
    Files.createDirectory(data.resolve("b/folder.png"));
    Files.createFile(data.resolve("b/.png"));
    Files.write(data.resolve("b/" + "n".repeat(240) + ".png"), new byte[] {(byte) 0x89, 'P'});
    for (int i = 0; i < 200; i++) {
      Files.writeString(data.resolve("b/" + "bad ".repeat(40) + i + ".jpg"), "x".repeat(i));
    }
    endWell();
    endWell("--skip-bad");
  }

  private void endWell(String... more) {
    Path out = folder.resolve("run");
    List<Object> training =
        new ArrayList<>(List.of("train", "--dataset", data, "--out", out, "--force"));
    training.addAll(List.of("--model", "mlp", "--augment", "none", "--epochs", "1"));
    training.addAll(List.of("--threads", "1", "--batch-size", "2"));
    training.addAll(List.of(more));
    List<HostileCase> cases = new ArrayList<>();
    cases.add(HostileCase.of("training", folder, training.toArray()));
    cases.add(
        HostileCase.of(
            "preview", folder, "preview", "--dataset", data, "--out", folder.resolve("p.png")));
    Ordeal.assertAllEndWell(cases);
  }
}
