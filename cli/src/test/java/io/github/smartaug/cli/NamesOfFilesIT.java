package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.cli.SmartAugProcess.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names that the locale cannot express, in processes of their own. */
@EnabledOnOs(OS.LINUX)
class NamesOfFilesIT {
  private static final List<String> POSIX = List.of("env", "LC_ALL=C");
  private static final List<String> UTF_8 = List.of("env", "LC_ALL=C.UTF-8");

  @TempDir Path folder;

  @Test
  void apply_names_and_skips_what_it_cannot_write_under_its_name() throws IOException {
    Pictures.write(folder.resolve("in/plain.png"), Pictures.colour(4, 4));
    shell("cp in/plain.png \"$(printf 'in/\\303\\244 b.png')\"");
    shell(
        "mkdir \"$(printf 'in/\\303\\244')\"; cp in/plain.png \"$(printf 'in/\\303\\244/c.png')\"");

    Result skipping = run(POSIX, "apply", "--transform", "invert", "--skip-bad", "in", "posix");
    Result whole = run(UTF_8, "apply", "--transform", "invert", "in", "utf-8");

    assertThat(skipping.exitCode()).as(skipping.message()).isZero();
    assertThat(skipping.out()).anyMatch(line -> line.startsWith("1 of 1 images written to posix"));
    assertThat(skipping.err()).hasSize(2);
    assertThat(skipping.err().get(0))
        .startsWith("smartaug: skipped: in/")
        .contains("a name that the character set of the locale, ANSI_X3.4-1968, cannot express");
    assertThat(whole.exitCode()).as(whole.message()).isZero();
    assertThat(files("utf-8")).isEqualTo(3);
  }

  @Test
  void images_of_any_name_are_trained_on_and_a_class_that_cannot_be_named_is_refused()
      throws IOException {
    for (int i = 0; i < 10; i++) {
      Pictures.write(folder.resolve("in/a/" + i + ".png"), Pictures.colour(4, 4));
      Pictures.write(folder.resolve("in/b/" + i + ".png"), Pictures.colour(4, 4));
    }
    shell("mv in/a/0.png \"$(printf 'in/a/\\303\\244.png')\"");
    String[] training = {
      "train",
      "--dataset",
      "in",
      "--model",
      "mlp",
      "--epochs",
      "1",
      "--augment",
      "none",
      "--batch-size",
      "4",
      "--out",
      "run"
    };

    Result trained = run(POSIX, training);
    shell("mv in/a \"$(printf 'in/\\303\\244')\"; rm -r run");
    Result refused = run(POSIX, training);

    assertThat(trained.exitCode()).as(trained.message()).isZero();
    assertThat(trained.out().get(0)).contains("13 training, 3 validation, 4 test images");
    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err())
        .singleElement()
        .asString()
        .contains("a name that the character set of the locale", "LC_ALL=C.UTF-8");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"C, C.UTF-8", "POSIX, C.UTF-8", "C.UTF-8, C.UTF-8"})
  void the_launcher_chooses_a_locale_that_has_all_letters(String given, String chosen)
      throws IOException {
    String script =
        String.format(
            "LC_ALL=%s; export LC_ALL; . '%s'; echo $LC_ALL >chosen",
            given, ProjectFiles.ROOT.resolve(".mvn/launch.sh"));

    shell(script);

    assertThat(folder.resolve("chosen")).hasContent(chosen);
  }

  private Result run(List<String> locale, String... arguments) {
    try (SmartAugProcess process = SmartAugProcess.start(folder, locale, List.of(arguments))) {
      return process.await();
    }
  }

  /** This process may not be able to express the names itself. */
  private void shell(String script) throws IOException {
    try {
      Process shell =
          new ProcessBuilder("sh", "-c", script).directory(folder.toFile()).inheritIO().start();
      assertThat(shell.waitFor()).isZero();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private long files(String name) throws IOException {
    try (Stream<Path> paths = Files.walk(folder.resolve(name))) {
      return paths.filter(Files::isRegularFile).count();
    }
  }
}
