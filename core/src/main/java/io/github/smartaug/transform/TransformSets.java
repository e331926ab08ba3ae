package io.github.smartaug.transform;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Transform sets by name or from a file. */
public final class TransformSets {
  /** The recommended set. */
  public static final String DEFAULT = "inverse-scale-wide";

  private static final List<String> NAMES =
      List.of(
          "base",
          "wide",
          "wide-geometric",
          "inverse-scale",
          "inverse-scale-wide",
          "bad",
          "geometric-bad");

  private TransformSets() {}

  /** Names of the sets that come with the library. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * The set of that name, or in that file.
   *
   * @param nameOrFile one of {@link #names()}, or a file in the format of {@link TransformJson}
   * @throws IllegalArgumentException if it is neither, or the file is wrong
   */
  public static TransformSet resolve(String nameOrFile) {
    if (NAMES.contains(nameOrFile)) {
      return named(nameOrFile);
    }
    Path file = Path.of(nameOrFile);
    if (Files.isRegularFile(file)) {
      return read(file);
    }
    throw new IllegalArgumentException(
        "unknown transform set \""
            + nameOrFile
            + "\": neither a file nor one of "
            + String.join(", ", NAMES));
  }

  /** The set of that name. */
  public static TransformSet named(String name) {
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException(
          "unknown transform set \"" + name + "\" (known: " + String.join(", ", NAMES) + ")");
    }
    String resource = "sets/" + name + ".json";
    try (InputStream in = TransformSets.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("missing resource " + resource);
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return TransformJson.read(text, name, name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static TransformSet read(Path file) {
    String fileName = String.valueOf(file.getFileName());
    String name = fileName.replaceFirst("\\.json$", "");
    try {
      return TransformJson.read(Files.readString(file), name, file.toString());
    } catch (IOException e) {
      throw new IllegalArgumentException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }
}
