package io.github.smartaug.input;

/** What a message repeats of an input, however long the input is. */
public final class Excerpt {
  /** Characters of an input that a message repeats at most. */
  public static final int LIMIT = 200;

  private static final String GAP = "...";

  private Excerpt() {}

  /** The text; of one that is longer than the limit, its beginning and its end. */
  public static String of(String text) {
    return of(text, LIMIT);
  }

  /** As {@link #of(String)}, with another limit, of at least 5 characters. */
  public static String of(String text, int limit) {
    if (text.length() <= limit) {
      return text;
    }
    int kept = limit - GAP.length();
    int start = kept - kept / 2;
    int end = text.length() - kept / 2;
    // Half of a character that takes two places would be no character.
    start -= Character.isHighSurrogate(text.charAt(start - 1)) ? 1 : 0;
    end += Character.isLowSurrogate(text.charAt(end)) ? 1 : 0;
    return text.substring(0, start) + GAP + text.substring(end);
  }
}
