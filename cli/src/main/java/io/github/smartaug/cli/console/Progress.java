package io.github.smartaug.cli.console;

import io.github.smartaug.train.TrainingListener;
import java.io.PrintStream;

/** Shows a run while it goes on; closing leaves the screen tidy, also in the middle of an epoch. */
public sealed interface Progress extends TrainingListener, AutoCloseable
    permits PlainProgress, TerminalProgress, JsonProgress, SilentProgress {
  /** A bar per epoch on a terminal, otherwise a line per epoch. */
  static Progress on(PrintStream out) {
    return Terminal.isAttached() ? new TerminalProgress(out) : new PlainProgress(out);
  }

  /**
   * A JSON object per epoch, as the log has it.
   *
   * @param event what such an object is called
   */
  static Progress of(JsonEvents events, String event) {
    return new JsonProgress(events, event);
  }

  /** Shows nothing. */
  static Progress none() {
    return new SilentProgress();
  }

  @Override
  void close();
}
