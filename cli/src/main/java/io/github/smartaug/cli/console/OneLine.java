package io.github.smartaug.cli.console;

import io.github.smartaug.input.Excerpt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text for a terminal, whatever was in the input that it repeats. */
public final class OneLine {
  private static final int LONGEST_LINE = 1400;

  /** What has no blank, such as a path or a value. */
  private static final Pattern LONG_WORD = Pattern.compile("\\S{" + (Excerpt.LIMIT + 1) + ",}");

  private OneLine() {}

  /** The text as one line of bounded length without control characters. */
  public static String of(String text) {
    String shown =
        LONG_WORD
            .matcher(text)
            .replaceAll(word -> Matcher.quoteReplacement(Excerpt.of(word.group())));
    StringBuilder line = new StringBuilder();
    Excerpt.of(shown, LONGEST_LINE)
        .chars()
        .forEach(
            character -> {
              if (Character.isISOControl(character)) {
                line.append(String.format("\\u%04x", character));
              } else {
                line.append((char) character);
              }
            });
    return line.toString();
  }
}
