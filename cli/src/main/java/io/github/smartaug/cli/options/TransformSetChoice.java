package io.github.smartaug.cli.options;

import io.github.smartaug.file.FileFailure;
import io.github.smartaug.transform.TransformSet;
import io.github.smartaug.transform.TransformSets;
import java.io.IOException;

/** Reads a value of {@code --transforms}: the name of a set, or a JSON file. */
final class TransformSetChoice {
  private TransformSetChoice() {}

  /**
   * The set.
   *
   * @throws IllegalArgumentException that names the option, if it is neither, or the file is wrong
   */
  static TransformSet resolve(String text) {
    if (!text.endsWith(".json")) {
      NamedThings.TRANSFORM_SETS.requireKnown(text);
    }
    try {
      return TransformSets.resolve(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--transforms: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "--transforms: " + text + ": cannot be read: " + FileFailure.reason(e), e);
    }
  }
}
