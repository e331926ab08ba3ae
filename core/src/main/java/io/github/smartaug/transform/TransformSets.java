package io.github.smartaug.transform;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The built-in transform sets, by name. */
public final class TransformSets {
  /** The set that is used when none is named. */
  public static final String DEFAULT = "inverse-scale-wide";

  private static final String SUFFIX = ".json";
  private static final List<String> NAMES =
      List.of(
          "base",
          "wide",
          "wide-geometric",
          "inverse-scale",
          "inverse-scale-wide",
          "inverse-scale-wide-cutout",
          "bad",
          "geometric-bad",
          "randaugment",
          "trivialaugment-wide",
          "everything");

  private TransformSets() {}

  /** Names of the built-in sets. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * The built-in set of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static TransformSet named(String name) {
    if (!NAMES.contains(name)) {
      throw unknown(name, "");
    }
    return builtIn(name);
  }

  /**
   * A built-in set by name, or a set from a file.
   *
   * @param nameOrFile one of {@link #names()}, or the path of a file {@code *.json}
   * @throws IllegalArgumentException if it is neither, or the file is not one of {@link
   *     TransformSet}
   */
  public static TransformSet resolve(String nameOrFile) throws IOException {
    if (NAMES.contains(nameOrFile)) {
      return builtIn(nameOrFile);
    }
    if (nameOrFile.endsWith(SUFFIX)) {
      return TransformSet.read(Path.of(nameOrFile));
    }
    throw unknown(nameOrFile, ", or a file *.json");
  }

  private static IllegalArgumentException unknown(String name, String alternative) {
    return new IllegalArgumentException(
        "unknown transform set \""
            + name
            + "\" (known: "
            + String.join(", ", NAMES)
            + alternative
            + ")");
  }

  private static TransformSet builtIn(String name) {
    String resource = "sets/" + name + SUFFIX;
    try (InputStream in = TransformSets.class.getResourceAsStream(resource)) {
      String json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new TransformSetReader(resource).read(name, json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
