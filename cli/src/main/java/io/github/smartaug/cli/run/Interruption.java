package io.github.smartaug.cli.run;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Winds up a run when the process is asked to end (SIGINT, SIGTERM): the JVM starts its shutdown
 * hooks, and this one asks the run to stop and gives the command a little time to leave its files
 * in order and say so. The exit code is the JVM's, 128 + the signal.
 */
public final class Interruption implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;

  /** A process runs one command. */
  private static final CountDownLatch COMMAND_ENDED = new CountDownLatch(1);

  private final Thread hook;

  private Interruption(Runnable stop) {
    this.hook =
        new Thread(
            () -> {
              stop.run();
              awaitEndOfCommand();
            },
            "interruption");
  }

  /** Calls {@code stop} when the process is asked to end, until closed. */
  static Interruption callsWhenAsked(Runnable stop) {
    Interruption interruption = new Interruption(stop);
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  /** The command has said its last word: the process may end. */
  public static void commandEnded() {
    COMMAND_ENDED.countDown();
  }

  private static void awaitEndOfCommand() {
    try {
      if (!COMMAND_ENDED.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The hook is running: that is why the run ends.
      return;
    }
  }
}
