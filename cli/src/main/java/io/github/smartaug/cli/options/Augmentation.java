package io.github.smartaug.cli.options;

import io.github.smartaug.augment.Policies;
import io.github.smartaug.augment.PolicyFile;
import io.github.smartaug.augment.PolicyType;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.TypeConversionException;

/**
 * A value of {@code --augment}: the name of a policy, or a file with a learned one, for which the
 * folder of its run may stand.
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

  /** Reads a name, or that of a JSON file or of a run folder. */
  static Augmentation parse(String text) {
    if (text.endsWith(".json")) {
      return new Augmentation(Optional.empty(), Optional.of(Path.of(text)));
    }
    return Policies.find(text)
        .map(type -> of(type.name()))
        .or(() -> ofRun(text))
        .orElseThrow(
            () -> new TypeConversionException("\"" + text + "\", allowed: " + allowedWords()));
  }

  /** The policy that a run learned, if that is the name of a folder. */
  private static Optional<Augmentation> ofRun(String text) {
    // Unlike a path, a file takes any text.
    File folder = new File(text);
    if (!folder.isDirectory()) {
      return Optional.empty();
    }
    Path file = PolicyFile.locate(folder.toPath());
    if (!Files.isRegularFile(file)) {
      throw new TypeConversionException(
          "\""
              + text
              + "\", without "
              + file.getFileName()
              + ", allowed: the folder of a run that"
              + " learned a policy");
    }
    return Optional.of(new Augmentation(Optional.empty(), Optional.of(file)));
  }

  private static String allowedWords() {
    return Stream.concat(Policies.names().stream(), Stream.of("FILE.json", "RUN"))
        .collect(Collectors.joining(", "));
  }

  /** What makes the policy; empty for a file. */
  Optional<PolicyType> type() {
    return name.map(Policies::named);
  }

  /** Whether images are left as they are. */
  public boolean isNone() {
    return name.equals(Optional.of(NONE));
  }

  /** Whether the policy is learned in the run. */
  public boolean isLearned() {
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
