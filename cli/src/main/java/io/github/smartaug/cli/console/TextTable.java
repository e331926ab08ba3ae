package io.github.smartaug.cli.console;

import java.util.ArrayList;
import java.util.List;

/** A table for a terminal. */
public final class TextTable {
  private TextTable() {}

  /**
   * One line per row: the first column on the left, the others on the right.
   *
   * @param cells rows of the same length, at least one
   */
  public static List<String> lines(List<List<String>> cells) {
    int[] widths = new int[cells.get(0).size()];
    for (List<String> row : cells) {
      for (int c = 0; c < widths.length; c++) {
        widths[c] = Math.max(widths[c], row.get(c).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : cells) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < widths.length; c++) {
        String space = " ".repeat(widths[c] - row.get(c).length());
        line.append(c == 0 ? row.get(c) + space : "  " + space + row.get(c));
      }
      lines.add(line.toString());
    }
    return lines;
  }
}
