package io.github.smartaug.cli.plot;

import java.awt.FontMetrics;
import java.util.ArrayList;
import java.util.List;

/** Text in lines of a width in pixels. */
final class WrappedText {
  private WrappedText() {}

  /** The lines: broken between words, within a word only where it is wider than a line. */
  static List<String> lines(String text, FontMetrics metrics, int width) {
    List<String> lines = new ArrayList<>();
    String rest = text;
    while (metrics.stringWidth(rest) > width) {
      int fitting = fitting(rest, metrics, width);
      int space = rest.lastIndexOf(' ', fitting);
      int end = space > 0 ? space : fitting;
      lines.add(rest.substring(0, end));
      rest = rest.substring(end).strip();
    }
    lines.add(rest);
    return lines;
  }

  /** Characters that a line takes, at least one. */
  private static int fitting(String text, FontMetrics metrics, int width) {
    int count = 1;
    while (metrics.stringWidth(text.substring(0, count + 1)) <= width) {
      count++;
    }
    return count;
  }
}
