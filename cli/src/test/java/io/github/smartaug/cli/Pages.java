package io.github.smartaug.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands as code in a page of Markdown.
 *
 * @param lines of blocks between three back-quotes, with the language that is named there
 * @param words between single back-quotes, line breaks made blanks
 */
record Pages(List<Line> lines, List<String> words) {
  private static final Pattern INLINE = Pattern.compile("`([^`]+)`");
  private static final Pattern COMMAND =
      Pattern.compile("(?:[A-Z_]+=\\S+ )*(?:\\./)?smartaug +([^#]+?)(?: +#.*)?");

  /** A line of a block in a language, which is empty where none is named. */
  record Line(String language, String text) {}

  /** Takes a page apart. */
  static Pages read(String page) {
    List<Line> lines = new ArrayList<>();
    List<String> words = new ArrayList<>();
    String[] parts = page.split("```", -1);
    for (int i = 0; i < parts.length; i++) {
      if (i % 2 == 0) {
        INLINE
            .matcher(parts[i])
            .results()
            .forEach(match -> words.add(match.group(1).replaceAll("\\s+", " ")));
      } else {
        String language = parts[i].lines().findFirst().orElse("").trim();
        parts[i].lines().skip(1).forEach(line -> lines.add(new Line(language, line)));
      }
    }
    return new Pages(List.copyOf(lines), List.copyOf(words));
  }

  /** All commands of {@code smartaug}, without its name and without comments. */
  List<String> commands() {
    List<String> commands = new ArrayList<>();
    for (Line line : lines) {
      if (line.language().isEmpty()) {
        add(line.text(), commands);
      }
    }
    words.forEach(word -> add(word, commands));
    return commands;
  }

  private static void add(String code, List<String> commands) {
    Matcher match = COMMAND.matcher(code);
    if (match.matches()) {
      commands.add(match.group(1));
    }
  }
}
