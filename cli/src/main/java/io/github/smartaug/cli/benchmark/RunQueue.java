package io.github.smartaug.cli.benchmark;

import io.github.smartaug.cli.console.RunFailedException;
import io.github.smartaug.file.FileFailure;
import io.github.smartaug.run.RunFolder;
import io.github.smartaug.run.benchmark.ArmRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Brings runs to their end, several at a time, in the order in which they are given. */
final class RunQueue {
  private static final int WRONG_INPUT = 2;

  /** 128 + SIGINT and 128 + SIGTERM. */
  private static final List<Integer> INTERRUPTED = List.of(130, 143);

  private static final long PATIENCE_SECONDS = 25;

  private static final String MESSAGE = "smartaug: ";

  private final Path folder;
  private final Processes processes;
  private final int parallel;

  /**
   * Runs of a comparison.
   *
   * @param folder of the comparison
   * @param parallel runs at a time
   */
  RunQueue(Path folder, Processes processes, int parallel) {
    this.folder = folder;
    this.processes = processes;
    this.parallel = parallel;
  }

  /**
   * Brings runs to their end. A run that fails does not keep the others from theirs.
   *
   * @param ended is told of each, on this thread
   * @return how they ended, in the given order
   * @throws CancellationException if they were interrupted
   * @throws IllegalArgumentException if a run refuses its input, as others would
   */
  List<RunOutcome> run(List<PlannedRun> runs, Consumer<RunOutcome> ended) throws IOException {
    ExecutorService threads = Executors.newFixedThreadPool(parallel);
    try {
      ExecutorCompletionService<RunOutcome> work = new ExecutorCompletionService<>(threads);
      List<Future<RunOutcome>> begun = new ArrayList<>();
      runs.forEach(run -> begun.add(work.submit(() -> run(run))));
      Map<PlannedRun, RunOutcome> outcomes = new LinkedHashMap<>();
      for (int i = 0; i < begun.size(); i++) {
        RunOutcome outcome = work.take().get();
        outcomes.put(outcome.run(), outcome);
        ended.accept(outcome);
      }
      return runs.stream().map(outcomes::get).toList();
    } catch (ExecutionException e) {
      throw rethrown(e.getCause());
    } catch (InterruptedException e) {
      processes.stop();
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    } finally {
      awaitEnd(threads);
    }
  }

  /** Runs that were asked to end save their state. */
  private static void awaitEnd(ExecutorService threads) {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private RuntimeException rethrown(Throwable cause) throws IOException {
    processes.stop();
    if (cause instanceof IOException e) {
      throw e;
    }
    return cause instanceof RuntimeException e ? e : new IllegalStateException(cause);
  }

  private RunOutcome run(PlannedRun run) throws IOException, InterruptedException {
    Path path = folder.resolve(run.folder());
    RunState state = RunState.of(run, path);
    if (state == RunState.FINISHED) {
      return RunOutcome.finished(run, ArmRun.of(run.seed(), RunFolder.ofRun(path)), true);
    }
    Path output = folder.resolve("output").resolve(run.folder().replace('/', '-') + ".txt");
    Files.createDirectories(output.getParent());
    int exitCode = processes.run(state.arguments(run, path), output);
    if (exitCode == 0) {
      return RunOutcome.finished(run, ArmRun.of(run.seed(), RunFolder.ofRun(path)), false);
    }
    if (INTERRUPTED.contains(exitCode)) {
      throw new CancellationException("interrupted");
    }
    String message = lastMessage(output, exitCode);
    if (exitCode == WRONG_INPUT) {
      throw new IllegalArgumentException(run + ": " + message);
    }
    return RunOutcome.failed(run, message + "; output: " + output);
  }

  private static String lastMessage(Path output, int exitCode) {
    try {
      return Files.readAllLines(output).stream()
          .filter(line -> line.startsWith(MESSAGE))
          .reduce((first, last) -> last)
          .map(line -> line.substring(MESSAGE.length()))
          .orElse("exit code " + exitCode);
    } catch (IOException e) {
      throw new RunFailedException(output + ": cannot be read: " + FileFailure.reason(e), e);
    }
  }
}
