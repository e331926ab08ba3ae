package io.github.smartaug.cli.apply;

import io.github.smartaug.cli.options.ApplyOptions;
import io.github.smartaug.data.ImageFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Where results go, and whether they may go there. */
final class Targets {
  private final int copies;
  private final boolean mayReplace;

  Targets(ApplyOptions options) {
    this.copies = options.copies();
    this.mayReplace = options.mayReplace();
  }

  /**
   * The name of the result for an image of that name: the same if such files are written, otherwise
   * that of a PNG file.
   */
  static String writtenName(String name) {
    Optional<ImageFormat> format = ImageFormat.ofName(Path.of(name));
    if (format.filter(ImageFormat::isWritten).isPresent()) {
      return name;
    }
    return (format.isPresent() ? name.substring(0, name.lastIndexOf('.')) : name) + ".png";
  }

  /** The file itself, or one per copy: {@code NAME-1.png}, {@code NAME-2.png}... */
  List<Path> of(Path file) {
    if (copies == 1) {
      return List.of(file);
    }
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return IntStream.rangeClosed(1, copies)
        .mapToObj(k -> file.resolveSibling(name.substring(0, dot) + "-" + k + name.substring(dot)))
        .toList();
  }

  /**
   * Checks that no file is replaced against the user's will.
   *
   * @throws IllegalArgumentException if one exists and may not be replaced, or is a folder
   */
  void requireFree(List<Path> targets) {
    for (Path target : targets) {
      if (Files.isDirectory(target)) {
        throw new IllegalArgumentException(target + ": is a folder, allowed: the name of a file");
      }
    }
    List<Path> existing = targets.stream().filter(Files::exists).toList();
    if (!existing.isEmpty() && !mayReplace) {
      String others = existing.size() > 1 ? " (and " + (existing.size() - 1) + " more)" : "";
      throw new IllegalArgumentException(
          existing.get(0) + ": exists" + others + ", allowed: a new file, or --force to replace");
    }
  }

  /**
   * Checks that the folder of a single result exists.
   *
   * @throws IllegalArgumentException if it does not
   */
  static void requireFolder(Path target) {
    Path folder = target.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new IllegalArgumentException(target + ": the folder " + folder + " does not exist");
    }
  }

  /** Whether a path, which need not exist, leads into a folder, symbolic links followed. */
  static boolean isInside(Path path, Path folder) throws IOException {
    return real(path).startsWith(folder.toRealPath());
  }

  private static Path real(Path path) throws IOException {
    Path absolute = path.toAbsolutePath().normalize();
    Path existing = absolute;
    while (!Files.exists(existing)) {
      existing = existing.getParent();
    }
    return existing.toRealPath().resolve(existing.relativize(absolute));
  }
}
