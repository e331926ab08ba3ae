package io.github.smartaug.batch;

import java.util.OptionalInt;

/** The batches of another source with something changed: what is not overridden is the other's. */
public interface ForwardingBatches extends BatchSource {
  /** The other source. */
  BatchSource source();

  @Override
  default int size() {
    return source().size();
  }

  @Override
  default int batches() {
    return source().batches();
  }

  @Override
  default OptionalInt classCount() {
    return source().classCount();
  }

  @Override
  default Batch batch(long epoch, int index) {
    return source().batch(epoch, index);
  }
}
