package io.github.smartaug.nn;

import io.github.smartaug.input.Excerpt;
import java.util.Collection;
import java.util.stream.Collectors;

/** Lists of names in messages, cut where they are long. */
final class NameList {
  private static final int SHOWN = 5;
  private static final int LENGTH = 60;

  private NameList() {}

  /** The first names, and how many more there are. */
  static String of(Collection<String> names) {
    String first =
        names.stream()
            .limit(SHOWN)
            .map(name -> Excerpt.of(name, LENGTH))
            .collect(Collectors.joining(", "));
    return names.size() <= SHOWN ? first : first + " and " + (names.size() - SHOWN) + " more";
  }
}
