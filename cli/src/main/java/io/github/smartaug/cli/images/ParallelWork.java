package io.github.smartaug.cli.images;

import io.github.smartaug.cli.console.RunFailedException;
import io.github.smartaug.cli.run.Interruption;
import io.github.smartaug.cli.run.Stoppable;
import io.github.smartaug.file.FileFailure;
import io.github.smartaug.tensor.TorchRuntime;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Works on many items, several at once, and hands on what comes of them in their order. Few are
 * ahead of the one that is handed on, so that memory does not grow with the number of items.
 *
 * @param <T> an item
 * @param <R> what comes of one
 */
public final class ParallelWork<T, R> implements Stoppable {
  private static final long PATIENCE_SECONDS = 20;
  private static final int AHEAD_PER_THREAD = 4;

  private final Worker<T, R> worker;
  private final int threads;
  private final String saved;
  private final String wayOn;
  private volatile boolean stopped;

  /**
   * Work that has not begun.
   *
   * @param worker is called by several threads at a time
   * @param saved what of the work stays after an interruption, such as {@code what is written
   *     stays}
   * @param wayOn what a user can do then, such as {@code run it again}
   */
  public ParallelWork(Worker<T, R> worker, int threads, String saved, String wayOn) {
    this.worker = worker;
    this.threads = threads;
    this.saved = saved;
    this.wayOn = wayOn;
  }

  /** What is done to an item. */
  @FunctionalInterface
  public interface Worker<T, R> {
    /** Works on one item. */
    R work(T item) throws IOException;
  }

  /** Where results go. */
  @FunctionalInterface
  public interface Receiver<R> {
    /** Takes the result of the next item. */
    void take(R result) throws IOException;
  }

  /**
   * Works on all items.
   *
   * @param receiver gets the results in the order of the items, in the calling thread
   * @throws IllegalArgumentException as the worker throws it
   * @throws IOException as the receiver throws it
   * @throws RunFailedException if the worker cannot write
   * @throws CancellationException if the process is asked to end
   */
  public void process(Iterable<T> items, Receiver<R> receiver) throws IOException {
    // One thread of libtorch per item: results do not depend on the number of threads.
    TorchRuntime.setThreads(1);
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    Queue<Future<R>> ahead = new ArrayDeque<>();
    try (Interruption interruption = Interruption.of(this)) {
      for (T item : items) {
        if (ahead.size() >= AHEAD_PER_THREAD * threads) {
          receiver.take(await(ahead.remove()));
        }
        ahead.add(workers.submit(() -> work(item)));
      }
      while (!ahead.isEmpty()) {
        receiver.take(await(ahead.remove()));
      }
    } finally {
      stop();
      awaitEnd(workers);
    }
  }

  private R work(T item) throws IOException {
    if (stopped) {
      throw new CancellationException();
    }
    return worker.work(item);
  }

  /** What is being written is finished, so that no temporary file stays. */
  private static void awaitEnd(ExecutorService workers) {
    workers.shutdown();
    try {
      if (!workers.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        workers.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void stop() {
    stopped = true;
  }

  @Override
  public String happens() {
    return "stopping after the images that are being worked on";
  }

  @Override
  public String saved() {
    return saved;
  }

  private R await(Future<R> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IllegalArgumentException wrongInput) {
        throw wrongInput;
      }
      if (e.getCause() instanceof CancellationException) {
        throw new CancellationException("interrupted: " + saved + "; " + wayOn);
      }
      if (e.getCause() instanceof IOException cannotWrite) {
        throw new RunFailedException("cannot write: " + FileFailure.line(cannotWrite), cannotWrite);
      }
      throw new IllegalStateException("working on images failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }
}
