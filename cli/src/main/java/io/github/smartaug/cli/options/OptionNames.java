package io.github.smartaug.cli.options;

import picocli.CommandLine.Model.OptionSpec;

/** Names of options. The first name of an option is the one that counts; others are aliases. */
public final class OptionNames {
  private OptionNames() {}

  /** As on the command line, such as {@code --lr}. */
  public static String of(OptionSpec option) {
    return option.names()[0];
  }

  /** As files have it, without hyphens before: {@code lr}. */
  public static String inFiles(OptionSpec option) {
    return withoutHyphens(of(option));
  }

  /** A name without the hyphens before it. */
  static String withoutHyphens(String name) {
    return name.replaceFirst("^--", "");
  }
}
