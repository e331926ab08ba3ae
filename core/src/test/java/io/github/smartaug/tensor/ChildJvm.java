package io.github.smartaug.tensor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a main class in a JVM of its own, for what can be set only before libtorch is loaded. */
public final class ChildJvm {
  private ChildJvm() {}

  /** How the process ended and what it printed on both streams. */
  public record Result(int exitCode, String output) {}

  /** Runs with one thread and a Java heap of one size, so that native memory is what changes. */
  public static Result runForMemory(Class<?> main) throws IOException, InterruptedException {
    return run(
        main,
        Map.of("OMP_NUM_THREADS", "1", "MALLOC_ARENA_MAX", "1"),
        "-Xms256m",
        "-XX:+AlwaysPreTouch");
  }

  /**
   * Runs to the end, a minute at most.
   *
   * @param environment replaces the variables of these names and, when it does not name them, the
   *     thread counts of this process
   */
  public static Result run(Class<?> main, Map<String, String> environment, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-XX:-CreateCoredumpOnCrash", "-XX:ErrorFile=/dev/null", "-Xmx256m"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeAll(List.of("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(1, TimeUnit.MINUTES)) {
        throw new IllegalStateException("still running after a minute: " + output);
      }
      return new Result(process.exitValue(), output);
    } finally {
      process.destroyForcibly();
    }
  }
}
