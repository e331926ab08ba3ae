package io.github.smartaug.train;

import io.github.smartaug.checkpoint.CheckpointFolder;
import java.time.Duration;
import java.util.Optional;

/**
 * Saves a run to disk: at its start (so that a disk that is full is known early), after every
 * epoch, when it is interrupted, and at intervals on request.
 */
public final class CheckpointWriter implements TrainingListener {
  private final CheckpointFolder folder;
  private Optional<Duration> interval = Optional.empty();
  private long lastWritten = System.nanoTime();

  /** Writes into that folder at the start, after epochs, and on interruption. */
  public CheckpointWriter(CheckpointFolder folder) {
    this.folder = folder;
  }

  /** Writes within an epoch, too, when that much time has passed since the last checkpoint. */
  public CheckpointWriter every(Duration least) {
    interval = Optional.of(least);
    return this;
  }

  @Override
  public void resumable(ResumePoint point) {
    boolean due =
        switch (point.occasion()) {
          case START, EPOCH, INTERRUPTION -> true;
          case STEPS -> intervalIsOver();
        };
    if (due) {
      folder.write(point.checkpoint());
      lastWritten = System.nanoTime();
    }
  }

  private boolean intervalIsOver() {
    long elapsed = System.nanoTime() - lastWritten;
    return interval.isPresent() && elapsed >= interval.get().toNanos();
  }
}
