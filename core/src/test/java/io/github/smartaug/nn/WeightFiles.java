package io.github.smartaug.nn;

import java.net.URISyntaxException;
import java.nio.file.Path;

/** The files that {@code weights.py} wrote. */
final class WeightFiles {
  private WeightFiles() {}

  static Path path(String name) {
    try {
      return Path.of(WeightFiles.class.getResource("/weights/weights.py").toURI())
          .resolveSibling(name);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
