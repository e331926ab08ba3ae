package io.github.smartaug.cli;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Shows the options that most people need and says how to see the others, or all options under the
 * names of the mixins that they come from.
 *
 * @param essential names of the options to show first
 * @param all name of the option that asks for all of them
 */
record GroupedOptions(List<String> essential, String all) implements IHelpSectionRenderer {
  @Override
  public String render(Help help) {
    CommandSpec command = help.commandSpec();
    boolean everything = command.findOption(all).getValue();
    return everything ? everyOption(help) : essentialOptions(help);
  }

  private String essentialOptions(Help help) {
    CommandSpec command = help.commandSpec();
    List<OptionSpec> shown =
        essential.stream().map(command::findOption).map(GroupedOptions::brief).toList();
    return section(help, "Options that most people need", shown)
        + section(help, "Other", ungrouped(command))
        + String.format(
            "%nAll %d options, in groups: %s %s%n",
            command.options().size(), command.qualifiedName(), all);
  }

  /** The same with names alone where there are tables of names with descriptions. */
  private static OptionSpec brief(OptionSpec option) {
    return OptionSpec.builder(option)
        .description(
            Arrays.stream(option.description()).map(NameLists::namesOfTable).toArray(String[]::new))
        .build();
  }

  private static String everyOption(Help help) {
    StringBuilder text = new StringBuilder();
    all(help.commandSpec()).forEach((name, options) -> text.append(section(help, name, options)));
    return text.toString();
  }

  /** All options of a command by the names of their groups, those that are in none at the end. */
  static Map<String, List<OptionSpec>> all(CommandSpec command) {
    Map<String, List<OptionSpec>> all = new LinkedHashMap<>();
    groups(command).forEach((name, group) -> all.put(name, group.options()));
    all.put("Other", ungrouped(command));
    return all;
  }

  /** Mixins, or in place of one those that it consists of. */
  private static Map<String, CommandSpec> groups(CommandSpec command) {
    Map<String, CommandSpec> groups = new LinkedHashMap<>();
    command
        .mixins()
        .forEach(
            (name, mixin) -> {
              if (!mixin.mixins().isEmpty()) {
                groups.putAll(mixin.mixins());
              } else if (isHeading(name)) {
                groups.put(name, mixin);
              }
            });
    return groups;
  }

  /** A mixin without a name has that of its field. */
  private static boolean isHeading(String name) {
    return Character.isUpperCase(name.charAt(0));
  }

  private static List<OptionSpec> ungrouped(CommandSpec command) {
    Collection<CommandSpec> groups = groups(command).values();
    return command.options().stream()
        .filter(option -> groups.stream().noneMatch(group -> group.options().contains(option)))
        .toList();
  }

  private static String section(Help help, String name, List<OptionSpec> options) {
    // All options together decide how wide the column of names is.
    Help.Layout layout =
        help.createDefaultLayout(help.commandSpec().options(), List.of(), help.colorScheme());
    layout.addOptions(options, help.parameterLabelRenderer());
    return String.format("%n%s:%n%s", help.colorScheme().text("@|bold " + name + "|@"), layout);
  }
}
