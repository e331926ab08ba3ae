package io.github.smartaug.cli;

import io.github.smartaug.cli.options.OptionConverters;
import io.github.smartaug.cli.run.Interruption;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * Entry of the command line.
 *
 * <p>Exit codes: 0, done; 1, something failed while running; 2, wrong input; 130, interrupted.
 */
public final class Main {
  /** Libtorch's sorting takes 4 kB of its caller's stack per thread; Java's own is 1 MB. */
  private static final long STACK_BYTES = 256L << 20;

  private Main() {}

  /** Runs a command and ends the process, because native threads may keep it alive. */
  public static void main(String[] arguments) throws InterruptedException {
    AtomicInteger exitCode = new AtomicInteger(Errors.FAILED);
    Thread worker =
        new Thread(
            null, () -> exitCode.set(execute(commandLine(), arguments)), "command", STACK_BYTES);
    worker.start();
    worker.join();
    Interruption.commandEnded();
    System.exit(exitCode.get());
  }

  /** Runs a command; heap or classes that do not do are told like any other failure. */
  static int execute(CommandLine commandLine, String... arguments) {
    try {
      return commandLine.execute(arguments);
    } catch (OutOfMemoryError e) {
      return Errors.outOfMemory(e, commandLine);
    } catch (LinkageError e) {
      return Errors.unfitClasses(e, commandLine);
    }
  }

  static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new SmartAugCommand());
    OptionConverters.registerConverters(commandLine);
    commandLine.setResourceBundle(new NameLists());
    group(commandLine, "train", TrainCommand.help());
    group(commandLine, "benchmark", BenchmarkCommand.help());
    return commandLine
        .setParameterExceptionHandler(Errors::wrongUse)
        .setExecutionExceptionHandler(Errors::failure)
        .setExecutionStrategy(Verbosity::execute)
        .setUsageHelpWidth(100)
        .setUsageHelpLongOptionsMaxWidth(34)
        .setAbbreviatedOptionsAllowed(false);
  }

  private static void group(CommandLine commandLine, String command, GroupedOptions help) {
    commandLine
        .getSubcommands()
        .get(command)
        .getHelpSectionMap()
        .put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, help);
  }
}
