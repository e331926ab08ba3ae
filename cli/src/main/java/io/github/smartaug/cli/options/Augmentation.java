package io.github.smartaug.cli.options;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.TypeConversionException;

/**
 * A value of {@code --augment}.
 *
 * @param kind what is done
 * @param file the policy's file, for {@link Kind#FILE}
 */
public record Augmentation(Kind kind, Optional<Path> file) {
  /** The words, and a file. */
  public enum Kind {
    /** Images as they are. */
    NONE,
    /** RandAugment. */
    RANDOM,
    /** TrivialAugment. */
    TRIVIAL,
    /** A learned policy with independent transforms. */
    LEARNED,
    /** A learned policy of sequences. */
    SEQUENCE,
    /** A policy from a file. */
    FILE
  }

  static Augmentation of(Kind kind) {
    return new Augmentation(kind, Optional.empty());
  }

  /** Reads a word or the name of a JSON file. */
  static Augmentation parse(String text) {
    if (text.endsWith(".json")) {
      return new Augmentation(Kind.FILE, Optional.of(Path.of(text)));
    }
    return Arrays.stream(Kind.values())
        .filter(kind -> kind != Kind.FILE && OptionConverters.of(kind).equals(text))
        .findFirst()
        .map(Augmentation::of)
        .orElseThrow(
            () -> new TypeConversionException("\"" + text + "\", allowed: " + allowedWords()));
  }

  private static String allowedWords() {
    return Arrays.stream(Kind.values())
        .filter(kind -> kind != Kind.FILE)
        .map(OptionConverters::of)
        .collect(Collectors.joining(", ", "", ", FILE.json"));
  }

  /** Whether the policy is learned in the run. */
  boolean isLearned() {
    return kind == Kind.LEARNED || kind == Kind.SEQUENCE;
  }

  /** For names and titles: the word, or the file's name without {@code .json}. */
  public String title() {
    return file.map(path -> path.getFileName().toString().replaceFirst("\\.json$", ""))
        .orElseGet(() -> OptionConverters.of(kind));
  }

  /** As on the command line. */
  @Override
  public String toString() {
    return file.map(Path::toString).orElseGet(() -> OptionConverters.of(kind));
  }
}
