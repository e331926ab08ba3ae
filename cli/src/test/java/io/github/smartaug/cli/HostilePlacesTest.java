package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Folders with everything in them that a disk can hold, given to every command as anything. */
@DisabledOnOs(OS.WINDOWS)
class HostilePlacesTest {
  @TempDir Path folder;
  private Path in;

  @BeforeEach
  void makeFolder() throws IOException {
    in = Files.createDirectory(folder.resolve("in"));
    Pictures.write(in.resolve("good.png"), Pictures.colour(9, 9));
  }

  @Test
  void links_that_lead_in_circles_or_nowhere_end_well() throws IOException {
    Files.createSymbolicLink(in.resolve("self"), in);
    Files.createSymbolicLink(in.resolve("nowhere.png"), Path.of("missing.png"));
    Files.createSymbolicLink(in.resolve("circle.png"), Path.of("circle.png"));
    Files.createDirectory(in.resolve("folder.png"));
    endWell();
  }

  @Test
  void pipes_and_devices_end_well() throws IOException, InterruptedException {
    new ProcessBuilder("mkfifo", in.resolve("pipe.png").toString()).start().waitFor();
    Files.createSymbolicLink(in.resolve("endless.png"), Path.of("/dev/zero"));
    endWell();
  }

  @Test
  void pipes_and_devices_in_the_place_of_a_file_end_well()
      throws IOException, InterruptedException {
    Path pipe = folder.resolve("pipe");
    new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor();
    List<HostileCase> cases = new ArrayList<>();
    for (Path place : List.of(Path.of("/dev/null"), Path.of("/dev/zero"), pipe)) {
      cases.addAll(asAnything(place));
    }
    Ordeal.assertAllEndWell(cases);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u00fcbung \u5199\u771f \ud83d\udcf7",
        "with\nline break",
        "\u001b[31mred",
        "...",
        "-x",
        "*?\"'$(x)`",
        "\\n%s{0}"
      })
  void names_of_all_characters_end_well(String name) throws IOException {
    Pictures.write(in.resolve(name + ".png"), Pictures.colour(5, 5));
    Files.writeString(in.resolve(name + ".jpg"), "not a picture");
    Pictures.write(in.resolve(name).resolve("inner.png"), Pictures.colour(5, 5));
    endWell();
  }

  @Test
  void backslashes_in_a_name_lead_nowhere() throws IOException {
    Pictures.write(in.resolve("a\\..\\..\\escaped.png"), Pictures.colour(5, 5));
    Pictures.write(in.resolve("\\escaped.png"), Pictures.colour(5, 5));
    Path out = Files.createDirectories(folder.resolve("deep/deeper/out"));
    assertThat(InProcess.run("apply", "--transform", "flip-x", in, out).exitCode()).isZero();
    assertThat(FolderState.of(out))
        .containsOnlyKeys("", "a\\..\\..\\escaped.png", "\\escaped.png", "good.png");
  }

  @Test
  void empty_files_and_folders_end_well() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Path nothing = Files.createFile(folder.resolve("nothing"));
    Files.createDirectory(in.resolve("empty"));
    Files.createFile(in.resolve("empty.png"));
    endWell();
    List<HostileCase> cases = new ArrayList<>(asAnything(empty));
    cases.addAll(asAnything(nothing));
    cases.addAll(asAnything(folder.resolve("missing")));
    cases.addAll(asAnything(nothing.resolve("below")));
    cases.addAll(asAnything(in.resolve("good.png")));
    cases.addAll(asAnything(Path.of("/")));
    Ordeal.assertAllEndWell(cases);
  }

  @Test
  void a_path_that_no_disk_can_hold_ends_well() {
    Ordeal.assertAllEndWell(asAnything(folder.resolve("n".repeat(300))));
    Ordeal.assertAllEndWell(asAnything(folder.resolve("n/".repeat(3_000) + "n")));
  }

  /** The folder as pictures, as a data set, as a run. */
  private void endWell() {
    List<HostileCase> cases = new ArrayList<>(asAnything(in));
    cases.add(
        HostileCase.of(
            "pictures", folder, "apply", "--transform", "flip-x", in, folder.resolve("out")));
    cases.add(
        HostileCase.of(
            "skipping",
            folder,
            "apply",
            "--transform",
            "flip-x",
            "--skip-bad",
            in,
            folder.resolve("skipped")));
    Ordeal.assertAllEndWell(cases);
    assertThat(folder.resolve("out/good.png")).isRegularFile();
    assertThat(folder.resolve("skipped/good.png")).isRegularFile();
  }

  private List<HostileCase> asAnything(Path place) {
    Path out = folder.resolve("written");
    Path good = in.resolve("good.png");
    return List.of(
        HostileCase.of("dataset", folder, "preview", "--dataset", place, "--out", out + ".png"),
        HostileCase.of("set", folder, "preview", "--transforms", place, "--out", out + ".png"),
        HostileCase.of("policy", folder, "apply", "--policy", place, good, out + ".png"),
        HostileCase.of(
            "values",
            folder,
            "apply",
            "--transform",
            "rotate",
            "--values",
            place,
            good,
            out + ".png"),
        HostileCase.of("config", folder, "train", "--config", place, "--out", out),
        HostileCase.of("run", folder, "evaluate", place),
        HostileCase.of("dataset", folder, "train", "--dataset", place, "--out", out),
        HostileCase.of("policy", folder, "train", "--augment", place, "--out", out),
        HostileCase.of(
            "resume",
            folder,
            // Where nothing was saved yet, it begins the run.
            "train",
            "--resume",
            "--model",
            "mlp",
            "--epochs",
            "1",
            "--limit-train",
            "40",
            "--limit-test",
            "20",
            "--out",
            place));
  }
}
