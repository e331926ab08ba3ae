package io.github.smartaug.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code smartaug datasets}. */
@Command(
    name = "datasets",
    description = "Makes data sets.",
    subcommands = MakeShiftCommand.class,
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    versionProvider = VersionLines.class)
final class DatasetsCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(),
        "no command, allowed: " + String.join(", ", spec.subcommands().keySet()));
  }
}
