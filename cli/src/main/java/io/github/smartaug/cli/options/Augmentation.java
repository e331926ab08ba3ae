package io.github.smartaug.cli.options;

import io.github.smartaug.augment.Policies;
import io.github.smartaug.augment.PolicyType;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.TypeConversionException;

/**
 * A value of {@code --augment}: the name of a policy, or a file with a learned one.
 *
 * @param name of the policy, as in {@link Policies}; empty for a file
 * @param file the policy's file
 */
public record Augmentation(Optional<String> name, Optional<Path> file) {
  private static final String NONE = "none";

  /** A policy of that name. */
  static Augmentation of(String name) {
    return new Augmentation(Optional.of(name), Optional.empty());
  }

  /** Reads a name, or that of a JSON file. */
  static Augmentation parse(String text) {
    if (text.endsWith(".json")) {
      return new Augmentation(Optional.empty(), Optional.of(Path.of(text)));
    }
    return Policies.find(text)
        .map(type -> of(type.name()))
        .orElseThrow(
            () -> new TypeConversionException("\"" + text + "\", allowed: " + allowedWords()));
  }

  private static String allowedWords() {
    return Stream.concat(Policies.names().stream(), Stream.of("FILE.json"))
        .collect(Collectors.joining(", "));
  }

  /** What makes the policy; empty for a file. */
  Optional<PolicyType> type() {
    return name.map(Policies::named);
  }

  /** Whether images are left as they are. */
  boolean isNone() {
    return name.equals(Optional.of(NONE));
  }

  /** Whether the policy is learned in the run. */
  boolean isLearned() {
    return type().map(PolicyType::learns).orElse(false);
  }

  /** The names of policies that are learned. */
  static List<String> learned() {
    return Policies.entries().stream().filter(PolicyType::learns).map(PolicyType::name).toList();
  }

  /** For names and titles: the word, or the file's name without {@code .json}. */
  public String title() {
    return file.map(path -> path.getFileName().toString().replaceFirst("\\.json$", ""))
        .orElseGet(name::orElseThrow);
  }

  /** As on the command line. */
  @Override
  public String toString() {
    return file.map(Path::toString).orElseGet(name::orElseThrow);
  }
}
