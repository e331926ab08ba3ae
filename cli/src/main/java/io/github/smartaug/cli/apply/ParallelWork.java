package io.github.smartaug.cli.apply;

import io.github.smartaug.cli.run.Interruption;
import io.github.smartaug.cli.run.RunFailedException;
import io.github.smartaug.cli.run.Stoppable;
import io.github.smartaug.file.FileFailure;
import io.github.smartaug.tensor.TorchRuntime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/** Works on many images, several at once. */
final class ParallelWork implements Stoppable {
  private static final long PATIENCE_SECONDS = 20;

  private final ImageWorker worker;
  private final int threads;
  private volatile boolean stopped;

  ParallelWork(ImageWorker worker, int threads) {
    this.worker = worker;
    this.threads = threads;
  }

  /**
   * Works on all images.
   *
   * @param done is told, in order, how many are done
   * @param skipped is told, in order, why an image is not used
   * @return number of images that were used
   * @throws IOException if results cannot be written
   * @throws CancellationException if the process is asked to end
   */
  int process(List<ImageTask> tasks, IntConsumer done, Consumer<String> skipped)
      throws IOException {
    // One thread of libtorch per image: results do not depend on the number of threads.
    TorchRuntime.setThreads(1);
    ExecutorService workers = Executors.newFixedThreadPool(threads);
    try (Interruption interruption = Interruption.of(this)) {
      List<Future<?>> futures = new ArrayList<>();
      for (ImageTask task : tasks) {
        futures.add(
            workers.submit(
                () -> {
                  requireGoingOn();
                  worker.process(task);
                  return null;
                }));
      }
      int used = 0;
      for (int i = 0; i < futures.size(); i++) {
        used += await(futures.get(i), skipped) ? 1 : 0;
        done.accept(i + 1);
      }
      return used;
    } finally {
      stop();
      awaitEnd(workers);
    }
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
    return "what is written stays";
  }

  private void requireGoingOn() {
    if (stopped) {
      throw new CancellationException();
    }
  }

  private static boolean await(Future<?> future, Consumer<String> skipped) throws IOException {
    try {
      future.get();
      return true;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IllegalArgumentException badImage) {
        skipped.accept(badImage.getMessage());
        return false;
      }
      if (e.getCause() instanceof CancellationException) {
        throw new CancellationException(
            "interrupted: what is written stays; run it again with --force");
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
