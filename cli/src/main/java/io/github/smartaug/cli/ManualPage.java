package io.github.smartaug.cli;

import io.github.smartaug.run.Versions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi.Text;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * A command as a page of the manual, in the language of {@code man} (roff, see {@code man 7 man}):
 * what its help says, all options in their groups.
 *
 * <p>Picocli's own generator writes AsciiDoc, for which a Ruby interpreter would be needed, and
 * does not know the groups.
 */
final class ManualPage {
  private static final int COMMANDS = 1;

  /** Columns of a rendered option: the last one is its description. */
  private static final int DESCRIPTION = 4;

  private final CommandSpec command;
  private final Help help;
  private final StringBuilder page = new StringBuilder();

  private ManualPage(CommandLine command) {
    this.command = command.getCommandSpec();
    ColorScheme plain = Help.defaultColorScheme(Help.Ansi.OFF);
    this.help = new Help(this.command, plain);
  }

  /** Name of the file, such as {@code smartaug-train.1}. */
  static String fileName(CommandLine command) {
    return name(command.getCommandSpec()) + "." + COMMANDS;
  }

  private static String name(CommandSpec command) {
    return command.qualifiedName("-");
  }

  /** The page of a command, without those of its subcommands. */
  static String of(CommandLine command) {
    return new ManualPage(command).text();
  }

  private String text() {
    List<String> description = description();
    macro(
        ".TH %s %d \"\" %s %s",
        quoted(name(command).toUpperCase(Locale.ROOT)),
        COMMANDS,
        quoted("SmartAug " + Versions.smartAug()),
        quoted("SmartAug"));
    macro(".ad l");
    section("NAME");
    line(name(command) + " - " + firstSentence(description.get(0)));
    section("SYNOPSIS");
    verbatim(help.synopsis(0).lines().toList());
    section("DESCRIPTION");
    description.forEach(this::paragraph);
    parameters();
    options();
    subcommands();
    footer();
    section("SEE ALSO");
    line(
        related().stream()
            .map(other -> other + "(" + COMMANDS + ")")
            .collect(Collectors.joining(", ")));
    return page.toString();
  }

  private List<String> description() {
    return Arrays.stream(command.usageMessage().description())
        .map(text -> String.format(text).strip())
        .toList();
  }

  /** Without its full stop, as indexes of manuals have it. */
  private static String firstSentence(String text) {
    return text.replaceFirst("(?s)\\.(\\s.*)?$", "");
  }

  private void parameters() {
    if (command.positionalParameters().isEmpty()) {
      return;
    }
    section("ARGUMENTS");
    for (PositionalParamSpec parameter : command.positionalParameters()) {
      Text[][] rows =
          help.createDefaultParameterRenderer()
              .render(parameter, help.parameterLabelRenderer(), help.colorScheme());
      entry(parameter.paramLabel(), rows);
    }
  }

  private void options() {
    section("OPTIONS");
    Map<String, List<OptionSpec>> groups = GroupedOptions.all(command);
    groups.forEach(
        (name, options) -> {
          if (groups.size() > 1) {
            macro(".SS %s", quoted(name));
          }
          options.stream().filter(option -> !option.hidden()).forEach(this::option);
        });
  }

  private void option(OptionSpec option) {
    Text value = help.parameterLabelRenderer().renderParameterLabel(option, help.ansi(), List.of());
    entry(
        String.join(", ", option.names()) + value.toString(),
        help.createDefaultOptionRenderer()
            .render(option, help.parameterLabelRenderer(), help.colorScheme()));
  }

  /** A term in bold, and what it means beside it. */
  private void entry(String term, Text[][] rows) {
    macro(".TP");
    macro(".B %s", quoted(term));
    List<String> lines =
        Arrays.stream(rows).flatMap(row -> row[DESCRIPTION].toString().lines()).toList();
    boolean first = true;
    for (String line : lines) {
      if (!first) {
        macro(".br");
      }
      line(line);
      first = false;
    }
  }

  private void subcommands() {
    if (shownSubcommands().isEmpty()) {
      return;
    }
    section("COMMANDS");
    for (CommandLine subcommand : shownSubcommands()) {
      macro(".TP");
      macro(".B %s", quoted(subcommand.getCommandName()));
      line(new ManualPage(subcommand).description().get(0));
    }
  }

  private List<CommandLine> shownSubcommands() {
    return command.subcommands().values().stream().filter(ManualPage::isShown).toList();
  }

  /** Whether help shows it, and so does the manual. */
  static boolean isShown(CommandLine command) {
    return !command.getCommandSpec().usageMessage().hidden();
  }

  private void footer() {
    List<String> footer =
        Arrays.stream(command.usageMessage().footer()).map(String::format).toList();
    if (!footer.isEmpty()) {
      section("EXAMPLES");
      verbatim(footer);
    }
  }

  /** The command above and the commands below. */
  private List<String> related() {
    List<String> related = new ArrayList<>();
    if (command.parent() != null) {
      related.add(name(command.parent()));
    }
    shownSubcommands().forEach(below -> related.add(name(below.getCommandSpec())));
    return related;
  }

  private void section(String title) {
    macro(".SH %s", quoted(title));
  }

  private void paragraph(String text) {
    macro(".PP");
    line(text);
  }

  private void verbatim(List<String> lines) {
    macro(".nf");
    lines.forEach(this::line);
    macro(".fi");
  }

  private void line(String text) {
    page.append(escaped(text)).append('\n');
  }

  private void macro(String format, Object... values) {
    page.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private static String quoted(String argument) {
    return '"' + escaped(argument).replace("\"", "\\(dq") + '"';
  }

  /** What roff would take for its own; lines are told apart from macros by what they begin with. */
  private static String escaped(String text) {
    String plain =
        text.replace("\\", "\\e").replace("-", "\\-").replace("^", "\\(ha").replace("~", "\\(ti");
    return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
  }

  /** A command, and all that are below it and shown. */
  static Stream<CommandLine> withSubcommands(CommandLine command) {
    return Stream.concat(
        Stream.of(command),
        command.getSubcommands().values().stream()
            .filter(ManualPage::isShown)
            .flatMap(ManualPage::withSubcommands));
  }
}
