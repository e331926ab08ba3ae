package io.github.smartaug.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** Sets how much is logged, before a command runs. */
final class Verbosity {
  private static final String OWN_LOGGERS = "io.github.smartaug";

  private Verbosity() {}

  static int execute(ParseResult parsed) {
    if (isVerbose(parsed.commandSpec().commandLine())
        && LoggerFactory.getLogger(OWN_LOGGERS) instanceof Logger logger) {
      logger.setLevel(Level.DEBUG);
    }
    try {
      return new RunLast().execute(parsed);
    } catch (IllegalArgumentException e) {
      // Help, which no command runs, may meet a registry that cannot be read.
      throw new ExecutionException(parsed.commandSpec().commandLine(), e.getMessage(), e);
    }
  }

  static boolean isVerbose(CommandLine commandLine) {
    CommandLine root = commandLine;
    while (root.getParent() != null) {
      root = root.getParent();
    }
    return root.<SmartAugCommand>getCommand().verbose();
  }
}
