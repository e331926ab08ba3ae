package io.github.smartaug.cli.run;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Winds up a run when the process is asked to end (SIGINT, SIGTERM): the JVM starts its shutdown
 * hooks, and this one asks the run to stop and gives it a little time to leave its files in order.
 * The exit code is the JVM's, 128 + the signal.
 */
final class Interruption implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 10;

  private final CountDownLatch woundUp = new CountDownLatch(1);
  private final Thread hook;

  private Interruption(Runnable stop) {
    this.hook =
        new Thread(
            () -> {
              stop.run();
              awaitWindUp();
            },
            "interruption");
  }

  /** Calls {@code stop} when the process is asked to end, until closed. */
  static Interruption callsWhenAsked(Runnable stop) {
    Interruption interruption = new Interruption(stop);
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  private void awaitWindUp() {
    try {
      if (!woundUp.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The run has left its files in order, the process may end. */
  @Override
  public void close() {
    woundUp.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The hook is running: that is why the run ends.
      return;
    }
  }
}
