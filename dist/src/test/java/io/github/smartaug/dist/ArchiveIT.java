package io.github.smartaug.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The archive, unpacked elsewhere and used without Maven. */
class ArchiveIT {
  private static final boolean WINDOWS = OS.WINDOWS.isCurrentOs();

  /** Has a folder with a blank in its name, as those of users have. */
  @TempDir static Path unpacked;

  @TempDir Path folder;

  private static Path home;

  @BeforeAll
  static void unpack() throws IOException {
    Path target = unpacked.resolve("my programs");
    try (ZipInputStream zip =
        new ZipInputStream(Files.newInputStream(Path.of(System.getProperty("smartaug.archive"))))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = target.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(file);
        } else {
          Files.createDirectories(file.getParent());
          Files.copy(zip, file);
        }
      }
    }
    try (Stream<Path> folders = Files.list(target)) {
      home = folders.findFirst().orElseThrow();
    }
    if (!WINDOWS) {
      // Java's reader of archives does not tell which files are programs.
      assertThat(home.resolve("bin/smartaug").toFile().setExecutable(true)).isTrue();
    }
  }

  @Test
  void the_archive_has_launchers_licence_description_completion_and_manual() throws IOException {
    assertThat(home.resolve("bin/smartaug.bat")).content().contains("\r\n").doesNotContain("\n\n");
    assertThat(home.resolve("bin/smartaug")).content().doesNotContain("\r");
    assertThat(home.resolve("LICENSE")).content().startsWith("MIT License");
    assertThat(home.resolve("README.txt")).content().contains("bin/smartaug").doesNotContain("${");
    assertThat(home.resolve("dependencies.md")).content().contains("libtorch");
    assertThat(home.resolve("completion/smartaug.bash"))
        .content()
        .contains("complete -F")
        .contains("--inner-steps");
    assertThat(home.resolve("share/man/man1/smartaug-train.1"))
        .content()
        .startsWith(".TH")
        .contains("\\-\\-inner\\-steps");
  }

  @Test
  void nothing_of_the_tests_is_in_the_archive() throws IOException {
    try (Stream<Path> jars = Files.list(home.resolve("lib"))) {
      assertThat(jars.map(jar -> jar.getFileName().toString()))
          .anyMatch(name -> name.startsWith("smartaug-cli"))
          .noneMatch(name -> name.matches("(junit|assertj|jqwik|archunit).*|.*tests\\.jar"));
    }
  }

  @Test
  void info_names_the_version_and_loads_libtorch() throws Exception {
    assertThat(smartaug(Map.of(), "info"))
        .anyMatch(line -> line.matches("SmartAug +\\d+\\..*"))
        .anyMatch(line -> line.matches("libtorch +\\d+\\..*"));
  }

  @Test
  void a_policy_is_learned() throws Exception {
    smartaug(
        Map.of("SMARTAUG_JAVA_OPTIONS", "-Xmx1g"),
        "train --epochs 1 --limit-train 200 --limit-test 50 --inner-steps 2 --threads 1 --out run"
            .split(" ", -1));

    assertThat(folder.resolve("run/policy.json")).isNotEmptyFile();
    assertThat(folder.resolve("run/model.safetensors")).isNotEmptyFile();
    assertThat(folder.resolve("run/report.html")).isNotEmptyFile();
    assertThat(folder.resolve("run/plots")).isNotEmptyDirectory();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void a_link_to_the_launcher_works_and_messages_call_it_by_its_name() throws Exception {
    Path programs = Files.createDirectory(unpacked.resolve("bin"));
    Path link = programs.resolve("augment");
    Files.createSymbolicLink(unpacked.resolve("second"), launcher());
    Files.createSymbolicLink(link, Path.of("../second"));

    assertThat(output(List.of(link.toString(), "train", "--no-such-option"), Map.of(), 2))
        .anyMatch(line -> line.contains(link + " train"));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void without_java_the_launcher_says_so() throws Exception {
    assertThat(output(List.of(launcher().toString(), "info"), Map.of("JAVA_HOME", "/no such"), 2))
        .singleElement()
        .asString()
        .contains("/no such/bin/java", "Java 17");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void both_launchers_give_java_the_same_options() throws Exception {
    String options = "for option in $(java_options); do echo \"$option\"; done";
    List<String> posix =
        output(
            List.of("sh", "-c", ". '" + home.resolve("lib/launch.sh") + "'; " + options),
            Map.of(),
            0);

    assertThat(posix).isNotEmpty();
    assertThat(home.resolve("bin/smartaug.bat")).content().contains(posix);
  }

  private static Path launcher() {
    return home.resolve(WINDOWS ? "bin/smartaug.bat" : "bin/smartaug");
  }

  private List<String> smartaug(Map<String, String> environment, String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(launcher().toString());
    command.addAll(List.of(arguments));
    return output(command, environment, 0);
  }

  /** Both streams, line by line, of a command that is expected to end with an exit code. */
  private List<String> output(List<String> command, Map<String, String> environment, int exitCode)
      throws Exception {
    Path written = Files.createTempFile(folder, "output", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(written.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      if (!process.waitFor(3, TimeUnit.MINUTES)) {
        fail("still running: %s", Files.readString(written));
      }
    } finally {
      process.destroyForcibly();
    }
    List<String> lines = Files.readAllLines(written, StandardCharsets.UTF_8);
    assertThat(process.exitValue()).as(String.join("\n", lines)).isEqualTo(exitCode);
    return lines;
  }
}
