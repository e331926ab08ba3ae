package io.github.smartaug.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of the project itself, for tests of what stands in them. */
final class ProjectFiles {
  /** The folder of the parent {@code pom.xml}: tests run in the folder of their module. */
  static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  private static final List<String> MODULES =
      List.of("core", "data", "run", "policy", "djl", "cli", "bench", "examples");

  private ProjectFiles() {}

  /** Sources of all modules, those of tests left out. */
  static List<Path> mainSources() {
    return MODULES.stream()
        .map(module -> ROOT.resolve(module).resolve("src/main/java"))
        .filter(Files::isDirectory)
        .flatMap(folder -> filesBelow(folder, ".java").stream())
        .toList();
  }

  /** Pages that people read: those at the root and in {@code docs}. */
  static List<Path> pages() {
    try (Stream<Path> files = Files.list(ROOT)) {
      return Stream.concat(files.sorted(), filesBelow(ROOT.resolve("docs"), ".md").stream())
          .filter(file -> file.toString().endsWith(".md"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All files in a folder and its folders whose names end so, sorted. */
  static List<Path> filesBelow(Path folder, String ending) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text of a file. */
  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
