package io.github.smartaug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.smartaug.cli.SmartAugProcess.Result;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The shell script {@code smartaug}, beside a build of its own so that it builds nothing. */
@DisabledOnOs(OS.WINDOWS)
class LauncherIT {
  @TempDir Path folder;

  @BeforeEach
  void copyTheLauncher() throws IOException {
    Path built = Files.createDirectories(folder.resolve("project/cli/target/lib"));
    Files.createDirectory(folder.resolve("project/.mvn"));
    for (String file : List.of("smartaug", ".mvn/launch.sh", ".mvn/build.sh")) {
      Files.copy(ProjectFiles.ROOT.resolve(file), folder.resolve("project").resolve(file));
    }
    assertThat(launcher().toFile().setExecutable(true)).isTrue();
    Files.createFile(built.resolveSibling(".built"));
    writeJarOfAllJars(built.resolve("all.jar"));
  }

  /** What the launcher finds by its wildcards: a jar that names what these tests run with. */
  private static void writeJarOfAllJars(Path file) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest
        .getMainAttributes()
        .put(
            Attributes.Name.CLASS_PATH,
            Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> !entry.contains("test-classes"))
                .map(entry -> Path.of(entry).toUri().toString())
                .collect(Collectors.joining(" ")));
    new JarOutputStream(Files.newOutputStream(file), manifest).close();
  }

  private Path launcher() {
    return folder.resolve("project/smartaug");
  }

  @Test
  void jars_that_the_variable_names_add_models_to_the_command_line() {
    Path jar = ExtensionJar.write(folder.resolve("my models.jar"));

    assertThat(models(Map.of())).noneMatch(line -> line.contains("one-layer"));
    assertThat(models(Map.of("SMARTAUG_CLASS_PATH", "missing.jar:" + jar)))
        .anyMatch(line -> line.contains("one-layer"));
  }

  private List<String> models(Map<String, String> environment) {
    try (SmartAugProcess process =
        SmartAugProcess.launched(launcher(), folder, environment, List.of("models"))) {
      Result result = process.await();
      assertThat(result.exitCode()).as(result.message()).isZero();
      assertThat(result.out()).anyMatch(line -> line.contains("lenet"));
      return result.out();
    }
  }
}
