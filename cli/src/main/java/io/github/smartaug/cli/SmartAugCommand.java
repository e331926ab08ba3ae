package io.github.smartaug.cli;

import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command without a subcommand. */
@Command(
    name = "smartaug",
    description = "Learns image augmentation by gradient, jointly with the classifier.",
    subcommands = {
      TrainCommand.class,
      ReportCommand.class,
      WatchCommand.class,
      CompareCommand.class,
      ExportCommand.class,
      EvaluateCommand.class,
      PredictCommand.class,
      BenchmarkCommand.class,
      ApplyCommand.class,
      PreviewCommand.class,
      DatasetsCommand.class,
      ModelsCommand.class,
      InfoCommand.class,
      CompletionCommand.class,
      ManualCommand.class
    },
    versionProvider = VersionLines.class,
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Begin with: smartaug train",
      "Options of a command: smartaug train --help, all of them: smartaug train --help-all"
    })
final class SmartAugCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Log more, and show the stack trace of an error")
  private boolean verbose;

  boolean verbose() {
    return verbose;
  }

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "no command, allowed: "
            + spec.subcommands().values().stream()
                .filter(ManualPage::isShown)
                .map(CommandLine::getCommandName)
                .collect(Collectors.joining(", ")));
  }
}
