package io.github.smartaug.cli.benchmark;

import io.github.smartaug.cli.run.Stoppable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs commands of this program in processes of their own, with the same virtual machine, options
 * and class path.
 */
final class Processes implements Stoppable {
  private final List<String> launcher;
  private final Set<Process> running = ConcurrentHashMap.newKeySet();
  private boolean stopped;

  /**
   * Processes of that program.
   *
   * @param mainClass name of the class that the virtual machine starts
   */
  Processes(String mainClass) {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> !argument.startsWith("-javaagent") && !argument.startsWith("-agent"))
        .forEach(words::add);
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    launcher = List.copyOf(words);
  }

  /**
   * Runs a command to its end.
   *
   * @param output gets what the command prints, after what it holds already
   * @return the exit code
   * @throws CancellationException if all are stopped
   */
  int run(List<String> arguments, Path output) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(launcher);
    command.addAll(arguments);
    Process process =
        start(
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile())));
    try {
      process.getOutputStream().close();
      return process.waitFor();
    } finally {
      running.remove(process);
    }
  }

  private synchronized Process start(ProcessBuilder builder) throws IOException {
    if (stopped) {
      throw new CancellationException("stopped");
    }
    Process process = builder.start();
    running.add(process);
    return process;
  }

  /** Asks all processes to end, and starts no more. */
  @Override
  public synchronized void stop() {
    stopped = true;
    running.forEach(Process::destroy);
  }

  @Override
  public String happens() {
    return "stopping all runs";
  }

  @Override
  public String saved() {
    return "finished runs are kept, and the others up to their last checkpoint";
  }
}
