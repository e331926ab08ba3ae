package io.github.smartaug.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands as code in a page of Markdown.
 *
 * @param blocks between three back-quotes
 * @param words between single back-quotes, line breaks made blanks
 */
record Pages(List<Block> blocks, List<String> words) {
  private static final Pattern INLINE = Pattern.compile("`([^`]+)`");
  private static final Pattern COMMAND =
      Pattern.compile("(?:[A-Z_]+=\\S+ )*(?:\\./)?smartaug +([^#]+?)(?: +#.*)?");

  /** Languages of blocks whose lines may be commands. */
  private static final Set<String> OF_COMMANDS = Set.of("", "sh");

  /** A block in a language, which is empty where none is named. */
  record Block(String language, String text) {}

  /** Takes a page apart. */
  static Pages read(String page) {
    List<Block> blocks = new ArrayList<>();
    List<String> words = new ArrayList<>();
    String[] parts = page.split("```", -1);
    for (int i = 0; i < parts.length; i++) {
      if (i % 2 == 0) {
        INLINE
            .matcher(parts[i])
            .results()
            .forEach(match -> words.add(match.group(1).replaceAll("\\s+", " ")));
      } else {
        String[] block = parts[i].split("\\R", 2);
        blocks.add(new Block(block[0].trim(), block.length == 1 ? "" : block[1]));
      }
    }
    return new Pages(List.copyOf(blocks), List.copyOf(words));
  }

  /** The texts of all blocks in a language. */
  List<String> in(String language) {
    return blocks.stream()
        .filter(block -> block.language().equals(language))
        .map(Block::text)
        .toList();
  }

  /** All commands of {@code smartaug}, without its name and without comments. */
  List<String> commands() {
    List<String> commands = new ArrayList<>();
    blocks.stream()
        .filter(block -> OF_COMMANDS.contains(block.language()))
        .flatMap(block -> block.text().lines())
        .forEach(line -> add(line, commands));
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
