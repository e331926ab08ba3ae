package io.github.smartaug.data;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What images are for, as {@link SplitFile} says it. */
enum SplitPart {
  TRAINING,
  VALIDATION,
  TEST;

  static Optional<SplitPart> named(String name) {
    return Arrays.stream(values()).filter(part -> part.toString().equals(name)).findFirst();
  }

  static String names() {
    return Arrays.stream(values()).map(SplitPart::toString).collect(Collectors.joining(", "));
  }

  /** The name in files. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
