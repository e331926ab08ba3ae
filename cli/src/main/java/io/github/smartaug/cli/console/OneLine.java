package io.github.smartaug.cli.console;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text for a terminal, whatever was in the input that it repeats. */
public final class OneLine {
  private static final int LONGEST_WORD = 200;
  private static final int LONGEST_LINE = 1400;

  /** What has no blank, such as a path or a value. */
  private static final Pattern LONG_WORD = Pattern.compile("\\S{" + (LONGEST_WORD + 1) + ",}");

  private OneLine() {}

  /** The text as one line of bounded length without control characters. */
  public static String of(String text) {
    String shown =
        LONG_WORD
            .matcher(text)
            .replaceAll(word -> Matcher.quoteReplacement(cut(word.group(), LONGEST_WORD)));
    StringBuilder line = new StringBuilder();
    cut(shown, LONGEST_LINE)
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

  /** Both ends, because the end of a path and of a sentence say most. */
  private static String cut(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    int start = most * 2 / 3;
    return text.substring(0, start) + "..." + text.substring(text.length() - (most - start - 3));
  }
}
