package io.github.smartaug.data;

import io.github.smartaug.input.Excerpt;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Several files as one path, in the way of shells: {@code images-{000..009}.tar} is ten files, and
 * {@code {train,val}-0.tar} is two. A path that exists as it is written is itself.
 */
final class ShardPattern {
  private static final Pattern RANGE = Pattern.compile("(\\d{1,9})\\.\\.(\\d{1,9})");
  private static final Pattern BRACES = Pattern.compile("\\{([^{}]*)\\}");
  private static final int MOST_FILES = 100_000;

  private final Path path;

  private ShardPattern(Path path) {
    this.path = path;
  }

  static ShardPattern of(Path path) {
    return new ShardPattern(path);
  }

  /** Whether it means other files than the path itself. */
  boolean isPattern() {
    return BRACES.matcher(path.toString()).find() && !Files.exists(path);
  }

  /** The first file. */
  Path first() {
    return isPattern()
        ? Path.of(BRACES.matcher(path.toString()).replaceAll(ShardPattern::first))
        : path;
  }

  private static String first(MatchResult braces) {
    return Matcher.quoteReplacement(alternatives(braces.group(1)).findFirst().orElse(""));
  }

  /**
   * All files, in order.
   *
   * @throws IllegalArgumentException if there are too many
   */
  List<Path> files() {
    if (!isPattern()) {
      return List.of(path);
    }
    List<Path> files = new ArrayList<>();
    expand(path.toString(), files);
    return files;
  }

  /**
   * As {@link #files}, all of them there.
   *
   * @param what they are, for the message
   * @throws IllegalArgumentException if one is missing
   */
  List<Path> existing(String what) {
    List<Path> files = files();
    for (Path file : files) {
      if (!Files.isRegularFile(file)) {
        throw new IllegalArgumentException(
            file + ": is missing, allowed: all the " + what + " of " + path);
      }
    }
    return files;
  }

  private void expand(String text, List<Path> files) {
    Matcher braces = BRACES.matcher(text);
    if (!braces.find()) {
      if (files.size() == MOST_FILES) {
        throw new IllegalArgumentException(
            path + ": stands for too many files, allowed: at most " + MOST_FILES);
      }
      files.add(Path.of(text));
      return;
    }
    String before = text.substring(0, braces.start());
    String after = text.substring(braces.end());
    alternatives(braces.group(1)).forEach(one -> expand(before + one + after, files));
  }

  private static Stream<String> alternatives(String inside) {
    Matcher range = RANGE.matcher(inside);
    if (!range.matches()) {
      return Stream.of(inside.split(",", -1));
    }
    int first = Integer.parseInt(range.group(1));
    int last = Integer.parseInt(range.group(2));
    if (last < first) {
      throw new IllegalArgumentException(
          "{" + Excerpt.of(inside) + "}: ends before it begins, allowed: {FIRST..LAST}");
    }
    String format = "%0" + range.group(1).length() + "d";
    return Stream.iterate(first, n -> n <= last, n -> n + 1)
        .map(n -> String.format(Locale.ROOT, format, n));
  }
}
