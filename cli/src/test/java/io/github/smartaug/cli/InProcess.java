package io.github.smartaug.cli;

import io.github.smartaug.cli.SmartAugProcess.Result;
import io.github.smartaug.tensor.TorchRuntime;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The command line in this process: faster than {@link SmartAugProcess}, for what needs neither
 * signals nor limits.
 */
final class InProcess {
  private InProcess() {}

  /** Runs a command to its end, and leaves the streams and the number of threads as they were. */
  static Result run(Object... arguments) {
    StringWriter err = new StringWriter();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream console = System.out;
    int threads = TorchRuntime.threads();
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    try {
      int exitCode =
          Main.execute(Main.commandLine().setErr(new PrintWriter(err)), words(arguments));
      return new Result(
          exitCode,
          out.toString(StandardCharsets.UTF_8).lines().toList(),
          err.toString().lines().toList());
    } finally {
      System.setOut(console);
      TorchRuntime.setThreads(threads);
    }
  }

  private static String[] words(Object... arguments) {
    return Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
  }
}
