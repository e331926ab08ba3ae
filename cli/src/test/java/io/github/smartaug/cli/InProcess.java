package io.github.smartaug.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** Runs the command line within the tests' own process. */
final class InProcess {
  private InProcess() {}

  /**
   * How a command ended.
   *
   * @param exitCode 0, 1, 2 or 130
   * @param err what it said was wrong
   */
  record Result(int exitCode, String err) {}

  static Result run(Object... arguments) {
    StringWriter err = new StringWriter();
    CommandLine commandLine = Main.commandLine().setErr(new PrintWriter(err, true));
    String[] words = new String[arguments.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = arguments[i].toString();
    }
    return new Result(commandLine.execute(words), err.toString().strip());
  }
}
