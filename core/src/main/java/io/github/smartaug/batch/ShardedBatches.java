package io.github.smartaug.batch;

import io.github.smartaug.tensor.TensorScope;
import java.util.OptionalInt;

/**
 * One of several consecutive slices of each batch of another source.
 *
 * @param source of whole batches
 * @param index of the slice, from 0 to {@code count - 1}
 * @param count number of slices of a batch, at least 1
 */
record ShardedBatches(BatchSource source, int index, int count) implements BatchSource {
  ShardedBatches {
    if (count < 1) {
      throw new IllegalArgumentException("number of shards: " + count + ", allowed: at least 1");
    }
    if (index < 0 || index >= count) {
      throw new IllegalArgumentException(
          "index of a shard: " + index + ", allowed: 0 to " + (count - 1));
    }
  }

  /** Takes one batch of the source, whose size is not known otherwise. */
  @Override
  public int size() {
    try (TensorScope scope = TensorScope.open()) {
      int others = source.batches() - 1;
      int whole = source.batch(0, 0).size();
      int last = source.size() - others * whole;
      return others * rows(whole) + rows(last);
    }
  }

  @Override
  public int batches() {
    return source.batches();
  }

  @Override
  public OptionalInt classCount() {
    return source.classCount();
  }

  @Override
  public Batch batch(long epoch, int batch) {
    try (TensorScope scope = TensorScope.open()) {
      Batch whole = source.batch(epoch, batch);
      int start = start(index, whole.size());
      int rows = rows(whole.size());
      return new Batch(
          scope.keep(whole.images().narrow(0, start, rows)),
          scope.keep(whole.labels().narrow(0, start, rows)));
    }
  }

  private int rows(int batch) {
    return start(index + 1, batch) - start(index, batch);
  }

  private int start(int slice, int batch) {
    return (int) ((long) slice * batch / count);
  }
}
