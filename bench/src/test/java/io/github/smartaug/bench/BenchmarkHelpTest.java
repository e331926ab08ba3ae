package io.github.smartaug.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What {@code bench/run} says about its benchmarks, and what the pages say about them. */
class BenchmarkHelpTest {
  private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

  private static final Pattern INLINE = Pattern.compile("`([^`]+)`");

  private static final Pattern COMMAND =
      Pattern.compile("(?:[A-Z_]+=\\S+ )*bench/run\\s+([a-z][^#]*)(?:#.*)?", Pattern.DOTALL);

  @Test
  void the_list_of_benchmarks_says_of_each_in_one_whole_sentence_what_it_measures() {
    CommandLine main = Main.commandLine();
    String list = main.getUsageMessage();
    assertThat(main.getSubcommands()).hasSizeGreaterThanOrEqualTo(4);
    main.getSubcommands()
        .forEach(
            (name, benchmark) -> {
              String[] description = benchmark.getCommandSpec().usageMessage().description();
              assertThat(description[0]).as(name).matches("[A-Z][^.]*\\.").doesNotContain("\n");
              assertThat(list).containsPattern(name + " +" + Pattern.quote(description[0]));
            });
  }

  @Test
  void every_option_of_a_benchmark_says_what_it_is() {
    Main.commandLine()
        .getSubcommands()
        .forEach(
            (name, benchmark) ->
                benchmark.getCommandSpec().options().stream()
                    .filter(option -> !option.hidden())
                    .forEach(
                        option ->
                            assertThat(option.description()[0])
                                .as("%s %s", name, option.longestName())
                                .doesNotStartWith("Default:")));
  }

  @Test
  void every_benchmark_that_a_page_names_exists_with_these_options() throws IOException {
    List<String> commands = documented();
    assertThat(commands).hasSizeGreaterThanOrEqualTo(5);
    for (String command : commands) {
      Main.commandLine().parseArgs(command.trim().split("\\s+"));
    }
  }

  /** The commands in the code of all pages, without variables before them and comments after. */
  private static List<String> documented() throws IOException {
    List<String> commands = new ArrayList<>();
    for (Path page : pages()) {
      String[] parts = Files.readString(page).split("```", -1);
      for (int i = 0; i < parts.length; i++) {
        boolean block = i % 2 == 1;
        Stream<String> code =
            block ? parts[i].lines() : INLINE.matcher(parts[i]).results().map(m -> m.group(1));
        code.map(COMMAND::matcher)
            .filter(Matcher::matches)
            .map(match -> match.group(1))
            .forEach(commands::add);
      }
    }
    return commands;
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> files = Files.list(ROOT.resolve("docs"))) {
      return Stream.concat(files, Stream.of("README.md", "CONTRIBUTING.md").map(ROOT::resolve))
          .filter(file -> file.toString().endsWith(".md"))
          .toList();
    }
  }
}
