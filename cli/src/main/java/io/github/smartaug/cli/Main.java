package io.github.smartaug.cli;

import io.github.smartaug.cli.options.OptionConverters;
import io.github.smartaug.cli.run.Interruption;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * Entry of the command line.
 *
 * <p>Exit codes: 0, done; 1, something failed while running; 2, wrong input; 130, interrupted.
 */
public final class Main {
  private Main() {}

  /** Runs a command and ends the process, because native threads may keep it alive. */
  public static void main(String[] arguments) {
    int exitCode = commandLine().execute(arguments);
    Interruption.commandEnded();
    System.exit(exitCode);
  }

  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new SmartAugCommand());
    OptionConverters.registerConverters(commandLine);
    commandLine.setResourceBundle(new NameLists());
    commandLine
        .getSubcommands()
        .get("train")
        .getHelpSectionMap()
        .put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, TrainCommand.help());
    return commandLine
        .setParameterExceptionHandler(Errors::wrongUse)
        .setExecutionExceptionHandler(Errors::failure)
        .setExecutionStrategy(Verbosity::execute)
        .setUsageHelpWidth(100)
        .setUsageHelpLongOptionsMaxWidth(34)
        .setAbbreviatedOptionsAllowed(false);
  }
}
