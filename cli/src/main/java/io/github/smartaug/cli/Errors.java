package io.github.smartaug.cli;

import io.github.smartaug.cli.console.OneLine;
import io.github.smartaug.cli.console.RunFailedException;
import io.github.smartaug.cli.options.OptionNames;
import io.github.smartaug.file.FileFailure;
import io.github.smartaug.run.CommandText;
import io.github.smartaug.tensor.MemoryFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into one line on the error stream and an exit code. */
final class Errors {
  static final int FAILED = 1;
  static final int WRONG_INPUT = 2;

  /** 128 + SIGINT, as shells have it. */
  static final int INTERRUPTED = 130;

  private Errors() {}

  /** The arguments cannot be understood. */
  static int wrongUse(ParameterException error, String[] arguments) {
    CommandLine commandLine = error.getCommandLine();
    print(commandLine, message(error));
    commandLine
        .getErr()
        .println(
            "try: "
                + CommandText.qualified(commandLine.getCommandSpec().qualifiedName())
                + " --help");
    return WRONG_INPUT;
  }

  private static String message(ParameterException error) {
    if (error instanceof UnmatchedArgumentException unmatched) {
      return unmatchedMessage(unmatched);
    }
    if (error.getArgSpec() instanceof OptionSpec option
        && error.getCause() instanceof TypeConversionException conversion) {
      return OptionNames.of(option) + ": " + conversion.getMessage();
    }
    return error.getMessage();
  }

  private static String unmatchedMessage(UnmatchedArgumentException error) {
    String argument = error.getUnmatched().get(0);
    String what = error.isUnknownOption() ? "unknown option " : "unexpected argument ";
    List<String> suggestions = error.getSuggestions();
    String hint =
        suggestions.isEmpty() ? "" : " (did you mean " + String.join(" or ", suggestions) + "?)";
    return what + argument + hint;
  }

  /** A command failed. */
  static int failure(Exception error, CommandLine commandLine, ParseResult parsed) {
    Optional<String> ofMemory = MemoryFailure.line(error);
    print(commandLine, ofMemory.orElseGet(() -> message(error)));
    if (Verbosity.isVerbose(commandLine)) {
      error.printStackTrace(commandLine.getErr());
    }
    commandLine.getErr().flush();
    return ofMemory.isPresent() ? FAILED : exitCode(error);
  }

  /** Java's own memory did not suffice. */
  static int outOfMemory(OutOfMemoryError error, CommandLine commandLine) {
    print(commandLine, MemoryFailure.line(error).orElse("memory: " + error.getMessage()));
    return FAILED;
  }

  /** A class does not fit another, such as one of a jar that was built against another version. */
  static int unfitClasses(LinkageError error, CommandLine commandLine) {
    print(
        commandLine,
        "class path: " + error + ", allowed: jars that were built against this version");
    if (Verbosity.isVerbose(commandLine)) {
      error.printStackTrace(commandLine.getErr());
    }
    return FAILED;
  }

  private static String message(Exception error) {
    // Errors of libtorch go on with a stack of C++ frames.
    return String.valueOf(text(error)).lines().findFirst().orElse("");
  }

  private static String text(Exception error) {
    if (error instanceof IllegalArgumentException
        || error instanceof RunFailedException
        || error instanceof CancellationException) {
      return error.getMessage();
    }
    if (error instanceof UncheckedIOException unchecked) {
      return FileFailure.line(unchecked);
    }
    if (error instanceof IOException failure) {
      return FileFailure.line(failure);
    }
    return "failed unexpectedly, --verbose shows where: " + error.getMessage();
  }

  private static int exitCode(Exception error) {
    if (error instanceof IllegalArgumentException) {
      return WRONG_INPUT;
    }
    return error instanceof CancellationException ? INTERRUPTED : FAILED;
  }

  private static void print(CommandLine commandLine, String message) {
    PrintWriter err = commandLine.getErr();
    err.println("smartaug: " + OneLine.of(message));
    err.flush();
  }
}
