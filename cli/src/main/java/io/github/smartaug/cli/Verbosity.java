package io.github.smartaug.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
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
    return new RunLast().execute(parsed);
  }

  static boolean isVerbose(CommandLine commandLine) {
    CommandLine root = commandLine;
    while (root.getParent() != null) {
      root = root.getParent();
    }
    return root.<SmartAugCommand>getCommand().verbose();
  }
}
