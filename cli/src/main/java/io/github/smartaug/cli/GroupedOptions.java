package io.github.smartaug.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Shows options in help under the names of the mixins that they come from. */
final class GroupedOptions implements IHelpSectionRenderer {
  @Override
  public String render(Help help) {
    StringBuilder text = new StringBuilder();
    for (CommandSpec mixin : help.commandSpec().mixins().values()) {
      for (Map.Entry<String, CommandSpec> group : mixin.mixins().entrySet()) {
        text.append(section(help, group.getKey(), group.getValue().options()));
      }
    }
    List<OptionSpec> others =
        help.commandSpec().options().stream()
            .filter(
                option ->
                    help.commandSpec().mixins().values().stream()
                        .filter(mixin -> !mixin.mixins().isEmpty())
                        .noneMatch(mixin -> mixin.options().contains(option)))
            .toList();
    return text.append(section(help, "Other", others)).toString();
  }

  private static String section(Help help, String name, List<OptionSpec> options) {
    // All options together decide how wide the column of names is.
    Help.Layout layout =
        help.createDefaultLayout(help.commandSpec().options(), List.of(), help.colorScheme());
    layout.addOptions(options, help.parameterLabelRenderer());
    return String.format("%n%s:%n%s", help.colorScheme().text("@|bold " + name + "|@"), layout);
  }
}
