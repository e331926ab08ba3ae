package io.github.smartaug.tensor;

import java.nio.file.Files;
import java.nio.file.Path;

/** Checks on files that a user named. */
final class InputFile {
  private InputFile() {}

  /** Rejects a path where there is nothing, or no regular file. */
  static void requireRegular(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException(
          file + (Files.exists(file) ? ": not a regular file" : ": no such file"));
    }
  }
}
