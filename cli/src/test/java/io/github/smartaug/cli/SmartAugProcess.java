package io.github.smartaug.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The command line in a process of its own, as a user has it: exit code, both streams, signals.
 *
 * <pre>{@code
 * Result result = SmartAugProcess.run(folder, "train", "--lr", "0");
 *
 * try (SmartAugProcess process = SmartAugProcess.start(folder, "train", "--out", "run")) {
 *   process.awaitOutput("epoch 1/");
 *   process.interrupt();
 *   Result result = process.await();
 * }
 * }</pre>
 */
public final class SmartAugProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;

  private final Process process;
  private final Lines out;
  private final Lines err;

  private SmartAugProcess(Process process) {
    this.process = process;
    this.out = new Lines(process.getInputStream());
    this.err = new Lines(process.getErrorStream());
  }

  /**
   * How a process ended.
   *
   * @param exitCode 128 + the signal if one ended it
   * @param out lines of the output
   * @param err lines of the error stream
   */
  public record Result(int exitCode, List<String> out, List<String> err) {
    /** The error stream as one text. */
    public String message() {
      return String.join("\n", err);
    }
  }

  /** Runs a command to its end. */
  public static Result run(Path workingFolder, String... arguments) {
    try (SmartAugProcess process = start(workingFolder, arguments)) {
      return process.await();
    }
  }

  /** Starts a command. */
  public static SmartAugProcess start(Path workingFolder, String... arguments) {
    return start(workingFolder, List.of(), List.of(arguments));
  }

  /**
   * Starts a command through another one.
   *
   * @param wrapper words before the command, such as those of a shell that sets limits; or none
   */
  public static SmartAugProcess start(
      Path workingFolder, List<String> wrapper, List<String> arguments) {
    return start(workingFolder, wrapper, System.getProperty("java.class.path"), arguments);
  }

  /** Starts a command with other jars than those of the tests. */
  static SmartAugProcess onClassPath(String classPath, Path workingFolder, List<String> arguments) {
    return start(workingFolder, List.of(), classPath, arguments);
  }

  /** Starts a command by a launcher, such as the project's shell script, with more variables. */
  static SmartAugProcess launched(
      Path launcher, Path workingFolder, Map<String, String> environment, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(launcher.toString());
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).directory(workingFolder.toFile());
    builder.environment().putAll(environment);
    return started(builder);
  }

  private static SmartAugProcess start(
      Path workingFolder, List<String> wrapper, String classPath, List<String> arguments) {
    List<String> command = new ArrayList<>(wrapper);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-Djava.awt.headless=true"));
    command.addAll(List.of("-cp", classPath, Main.class.getName()));
    command.addAll(arguments);
    return started(new ProcessBuilder(command).directory(workingFolder.toFile()));
  }

  private static SmartAugProcess started(ProcessBuilder builder) {
    try {
      return new SmartAugProcess(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Waits until a line of the output contains a text, or the process has ended.
   *
   * @return whether there is such a line
   */
  public boolean awaitOutput(String text) {
    return out.await(text);
  }

  /** The same for the error stream. */
  public boolean awaitError(String text) {
    return err.await(text);
  }

  /** Its number. */
  long pid() {
    return process.pid();
  }

  /** Whether it has not ended. */
  boolean isAlive() {
    return process.isAlive();
  }

  /** Ctrl-C: asks the process to end. */
  public void interrupt() {
    signal("INT");
  }

  /** What {@code kill} sends: asks the process to end. */
  public void terminate() {
    signal("TERM");
  }

  /** SIGKILL: ends the process without asking it. */
  public void kill() {
    process.destroyForcibly();
  }

  private void signal(String name) {
    try {
      new ProcessBuilder("kill", "-s", name, Long.toString(process.pid())).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  /** Waits for the end, two minutes at most. */
  public Result await() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException(
            "still running after " + PATIENCE_SECONDS + " s: " + out.read() + err.read());
      }
      return new Result(process.exitValue(), out.all(), err.all());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException(e);
  }

  /** The lines of a stream, read as they come so that the process never waits for its reader. */
  private static final class Lines {
    private final List<String> lines = new ArrayList<>();
    private final Thread reader;
    private boolean ended;

    Lines(InputStream stream) {
      reader = new Thread(() -> readAll(stream), "lines of a process");
      reader.setDaemon(true);
      reader.start();
    }

    private void readAll(InputStream stream) {
      try (BufferedReader in =
          new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          add(line);
        }
      } catch (IOException e) {
        add("(the stream broke off: " + e.getMessage() + ")");
      } finally {
        end();
      }
    }

    private synchronized void add(String line) {
      lines.add(line);
      notifyAll();
    }

    private synchronized void end() {
      ended = true;
      notifyAll();
    }

    synchronized boolean await(String text) {
      try {
        while (!ended && lines.stream().noneMatch(line -> line.contains(text))) {
          wait();
        }
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
      return lines.stream().anyMatch(line -> line.contains(text));
    }

    synchronized List<String> read() {
      return List.copyOf(lines);
    }

    List<String> all() throws InterruptedException {
      reader.join();
      return read();
    }
  }
}
