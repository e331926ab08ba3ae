package io.github.smartaug.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A benchmark in a process of its own, whose memory is that of one case: freed memory does not go
 * back to the system reliably, so that in one process a case would find that of the one before it.
 */
final class MeasuredProcess {
  private MeasuredProcess() {}

  /**
   * The number that a benchmark prints as its last line.
   *
   * @param arguments of the benchmark, its name first
   * @throws IOException if it fails, or prints something else
   */
  static long run(List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // A heap that is there from the start does not count as growth.
    command.addAll(List.of("-Xms256m", "-Xmx256m", "-XX:+AlwaysPreTouch"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    // Every tensor gets pages of its own and gives them back when it is freed.
    builder.environment().put("MALLOC_MMAP_THRESHOLD_", "65536");
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String last = output.lines().reduce((first, second) -> second).orElse("");
      if (process.waitFor() != 0 || !last.matches("\\d+")) {
        throw new IOException(String.join(" ", arguments) + " failed: " + last);
      }
      return Long.parseLong(last);
    }
  }
}
