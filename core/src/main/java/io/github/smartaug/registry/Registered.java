package io.github.smartaug.registry;

import java.util.Set;

/** Something that options, files and programs find by its name in a {@link Registry}. */
public interface Registered {
  /** Its name: lower-case letters, digits, and single hyphens or dots between them. */
  String name();

  /** Other names under which it is found, such as earlier ones; they are not listed. */
  default Set<String> aliases() {
    return Set.of();
  }

  /** What it is, for help and tables: a few plain words without a full stop. */
  String description();

  /** Whether that is its name or one of its aliases. */
  default boolean isNamed(String text) {
    return name().equals(text) || aliases().contains(text);
  }
}
