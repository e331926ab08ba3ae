package io.github.smartaug.data;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How the images of a data set get from their files into batches: what is done to their size, and
 * the threads that do it. Thread-safe.
 *
 * <p>Nobody has to end the threads: those that have had nothing to do for a moment end themselves,
 * and none keeps the process alive. There are never more images to decode than the batches ahead.
 */
final class ImageStream {
  /** Names of the threads begin with it. */
  static final String THREAD = "image-loader-";

  private static final long IDLE_MILLISECONDS = 200;

  private final Resizing resizing;
  private final LoaderOptions options;
  private final ThreadPoolExecutor threads;

  ImageStream(Resizing resizing, LoaderOptions options) {
    this.resizing = resizing;
    this.options = options;
    this.threads = options.threads() == 0 ? null : threads(options.threads());
  }

  private static ThreadPoolExecutor threads(int count) {
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor threads =
        new ThreadPoolExecutor(
            count,
            count,
            IDLE_MILLISECONDS,
            TimeUnit.MILLISECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, THREAD + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
    return threads;
  }

  Resizing resizing() {
    return resizing;
  }

  LoaderOptions options() {
    return options;
  }

  /** Whether work can be done before somebody waits for it. */
  boolean hasThreads() {
    return threads != null;
  }

  /** Does some work soon; without threads, at once. */
  <T> Future<T> submit(Callable<T> work) {
    if (threads != null) {
      return threads.submit(work);
    }
    FutureTask<T> task = new FutureTask<>(work);
    task.run();
    return task;
  }

  /** The results of work, in its order. */
  static <T> List<T> results(List<Future<T>> work) {
    List<T> results = new ArrayList<>(work.size());
    try {
      for (Future<T> one : work) {
        results.add(result(one));
      }
    } finally {
      // After a failure the rest is of no use.
      work.forEach(one -> one.cancel(false));
    }
    return results;
  }

  /**
   * The result of some work.
   *
   * @throws IllegalArgumentException if the work did
   * @throws IllegalStateException if it failed otherwise, or the thread is interrupted
   */
  static <T> T result(Future<T> work) {
    try {
      return work.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IllegalArgumentException cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException("decoding images failed: " + e.getCause(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while decoding images", e);
    }
  }
}
