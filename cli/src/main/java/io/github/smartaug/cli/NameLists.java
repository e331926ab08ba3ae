package io.github.smartaug.cli;

import io.github.smartaug.cli.options.NamedThings;
import io.github.smartaug.registry.Registered;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What stands in the registries, as texts for help: {@code ${bundle:table.models}} is a table of
 * names and descriptions, {@code ${bundle:names.models}} the names alone. They are made when help
 * is shown, so that what jars and programs add is listed, too.
 */
final class NameLists extends ResourceBundle {
  private static final String TABLE = "table.";
  private static final String NAMES = "names.";

  /** Characters of a line of help beside the column of options. */
  private static final int WIDTH = 62;

  private static final String INDENT = "  ";
  private static final int LONGEST_NAME = 19;
  private static final Pattern TABLE_NAME =
      Pattern.compile("^" + INDENT + "(\\S+)(?: {2,}.*)?$", Pattern.MULTILINE);

  @Override
  protected Object handleGetObject(String key) {
    for (NamedThings things : NamedThings.all()) {
      if (key.equals(TABLE + word(things))) {
        return escaped(String.join("\n", table(things.entries(), WIDTH)));
      }
      if (key.equals(NAMES + word(things))) {
        return escaped(
            things.entries().stream().map(NamedThings::text).collect(Collectors.joining(", ")));
      }
    }
    return null;
  }

  @Override
  public Enumeration<String> getKeys() {
    List<String> keys = new ArrayList<>();
    for (NamedThings things : NamedThings.all()) {
      keys.add(TABLE + word(things));
      keys.add(NAMES + word(things));
    }
    return Collections.enumeration(keys);
  }

  private static String word(NamedThings things) {
    return things.title().toLowerCase(Locale.ROOT).replace(' ', '-');
  }

  /** Help is a format string, in which a percent sign stands for something. */
  private static String escaped(String text) {
    return text.replace("%", "%%");
  }

  /**
   * Lines with names in one column and descriptions, wrapped, in another; indented. A name that is
   * too long for its column has a line of its own.
   *
   * @param width characters of a line
   */
  static List<String> table(List<? extends Registered> entries, int width) {
    int longest =
        entries.stream().mapToInt(entry -> NamedThings.text(entry).length()).max().orElse(0);
    int column = INDENT.length() + Math.min(longest, LONGEST_NAME) + 2;
    List<String> lines = new ArrayList<>();
    for (Registered entry : entries) {
      String begin = INDENT + NamedThings.text(entry);
      if (begin.length() + 2 > column) {
        lines.add(begin);
        begin = "";
      }
      for (String line : wrapped(entry.description(), width - column)) {
        lines.add(begin + " ".repeat(column - begin.length()) + line);
        begin = "";
      }
    }
    return lines;
  }

  /** The names that stand in a {@link #table}, in short; another text as it is. */
  static String namesOfTable(String text) {
    List<String> names = TABLE_NAME.matcher(text).results().map(match -> match.group(1)).toList();
    return names.isEmpty() ? text : INDENT + NamedThings.inShort(names);
  }

  private static List<String> wrapped(String text, int width) {
    List<String> lines = new ArrayList<>();
    String rest = text;
    while (rest.length() > width) {
      int space = rest.lastIndexOf(' ', width);
      int end = space > 0 ? space : width;
      lines.add(rest.substring(0, end));
      rest = rest.substring(end).strip();
    }
    lines.add(rest);
    return lines;
  }
}
