package io.github.smartaug.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code smartaug datasets}. */
@Command(
    name = "datasets",
    description = "Lists, downloads, checks and makes data sets.",
    subcommands = {
      ListDatasetsCommand.class,
      FetchDatasetCommand.class,
      VerifyDatasetCommand.class,
      MakeShiftCommand.class
    },
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
