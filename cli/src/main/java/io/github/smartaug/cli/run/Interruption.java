package io.github.smartaug.cli.run;

import io.github.smartaug.cli.console.Terminal;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Winds up a command when the process is asked to end, and says at once what happens.
 *
 * <p>Ctrl-C (SIGINT) asks the work to stop; the command then leaves its files in order, however
 * long its step takes, and ends with 130. Ctrl-C again ends the process now. On SIGTERM, and on
 * systems without signals, the JVM starts its shutdown hooks, and the one here gives the command a
 * little time; the exit code is the JVM's, 128 + the signal.
 */
public final class Interruption implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;
  private static final int INTERRUPTED = 130;

  /** A process runs one command. */
  private static final CountDownLatch COMMAND_ENDED = new CountDownLatch(1);

  private final Stoppable work;
  private final AtomicBoolean asked = new AtomicBoolean();
  private final Thread hook = new Thread(this::processEnds, "interruption");
  private final ConsoleSignal keyboard = new ConsoleSignal(this::controlC);

  private Interruption(Stoppable work) {
    this.work = work;
  }

  /** Stops the work when the process is asked to end, until closed. */
  public static Interruption of(Stoppable work) {
    Interruption interruption = new Interruption(work);
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    interruption.keyboard.listen();
    return interruption;
  }

  /** The command has said its last word: the process may end. */
  public static void commandEnded() {
    COMMAND_ENDED.countDown();
  }

  private void controlC() {
    if (asked.getAndSet(true)) {
      say("stopped now, " + work.saved());
      Runtime.getRuntime().halt(INTERRUPTED);
    }
    stop("Ctrl-C again stops now");
  }

  private void processEnds() {
    if (!asked.getAndSet(true)) {
      stop("what takes longer than " + PATIENCE_SECONDS + " s is broken off");
    }
    awaitEndOfCommand();
  }

  /** Says it first: the command may end, and the process with it, as soon as the work is asked. */
  private void stop(String otherwise) {
    try {
      say(work.happens() + "; " + otherwise + " (" + work.saved() + ")");
    } finally {
      work.stop();
    }
  }

  /** On a line of its own, also where a progress bar is being drawn. */
  private static void say(String what) {
    System.err.println((Terminal.isAttached() ? System.lineSeparator() : "") + "smartaug: " + what);
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
    keyboard.close();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The hook is running: that is why the run ends.
      return;
    }
  }
}
