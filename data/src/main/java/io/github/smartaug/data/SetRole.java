package io.github.smartaug.data;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a set of images is for, with the names that folders, lists and files give it. */
enum SetRole {
  TRAINING("train, training"),
  VALIDATION("val, valid, validation"),
  TEST("test, testing");

  private final String names;

  SetRole(String names) {
    this.names = names;
  }

  /** The role of that name, whatever its case. */
  static Optional<SetRole> named(String name) {
    String lowerCase = name.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(role -> List.of(role.names.split(", ", -1)).contains(lowerCase))
        .findFirst();
  }

  /** Its names, with commas between them. */
  String names() {
    return names;
  }

  /** The names of all roles, for messages. */
  static String allNames() {
    return Arrays.stream(values()).map(SetRole::names).collect(Collectors.joining(", "));
  }

  /** As adjective: {@code training}. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
