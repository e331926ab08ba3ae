package io.github.smartaug.train;

import io.github.smartaug.batch.Batch;
import io.github.smartaug.batch.BatchSource;
import io.github.smartaug.batch.ForwardingBatches;
import java.util.concurrent.CancellationException;

/** Asks a run to end; may be given from any thread. */
final class StopSignal {
  private volatile boolean given;

  void give() {
    given = true;
  }

  /** Throws if the signal was given. */
  void check() {
    if (given) {
      throw new CancellationException("asked to stop");
    }
  }

  /** The same images; asking for a batch checks the signal. */
  BatchSource checkedBy(BatchSource source) {
    return new CheckedBatches(source, this);
  }

  private record CheckedBatches(BatchSource source, StopSignal signal)
      implements ForwardingBatches {
    @Override
    public Batch batch(long epoch, int index) {
      signal.check();
      return source.batch(epoch, index);
    }
  }
}
