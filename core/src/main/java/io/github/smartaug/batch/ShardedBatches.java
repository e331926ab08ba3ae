package io.github.smartaug.batch;

import io.github.smartaug.input.InputRange;
import io.github.smartaug.tensor.TensorScope;

/**
 * One of several consecutive slices of each batch of another source.
 *
 * @param source of whole batches
 * @param index of the slice, from 0 to {@code count - 1}
 * @param count number of slices of a batch, at least 1
 */
record ShardedBatches(BatchSource source, int index, int count) implements ForwardingBatches {
  ShardedBatches {
    InputRange.atLeast(1, "number of shards", count);
    InputRange.within(0, count - 1, "index of a shard", index);
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
