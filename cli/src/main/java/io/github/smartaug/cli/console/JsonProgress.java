package io.github.smartaug.cli.console;

import io.github.smartaug.run.LogEntry;
import io.github.smartaug.train.EpochReport;

/** An object after every epoch, with what the log has of it. */
final class JsonProgress implements Progress {
  private final JsonEvents events;
  private final String event;

  JsonProgress(JsonEvents events, String event) {
    this.events = events;
    this.event = event;
  }

  @Override
  public void epochFinished(EpochReport report) {
    events.write(event, LogEntry.of(report));
  }

  @Override
  public void close() {
    // Every object is written whole.
  }
}
