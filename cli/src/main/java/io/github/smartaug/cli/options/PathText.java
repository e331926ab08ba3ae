package io.github.smartaug.cli.options;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Reads paths, with errors that name the option. */
final class PathText {
  private PathText() {}

  static Path parse(String option, String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException(option + ": empty, allowed: a path");
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(option + ": \"" + text + "\", allowed: a path", e);
    }
  }
}
