package io.github.smartaug.data;

import io.github.smartaug.batch.Batch;
import io.github.smartaug.batch.BatchSource;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * Batches of a data set in its own order, the same in every epoch, the last one perhaps smaller:
 * for evaluation. Thread-safe.
 */
public final class SequentialBatches implements BatchSource {
  private final ImageDataset dataset;
  private final BatchPartition partition;
  private final int[] positions;

  /**
   * Creates a source of batches.
   *
   * @param batchSize images in a batch, at least 1
   */
  public SequentialBatches(ImageDataset dataset, int batchSize) {
    this.dataset = dataset;
    this.partition = new BatchPartition(dataset.size(), batchSize, LastBatch.KEEP);
    this.positions = IntStream.range(0, dataset.size()).toArray();
  }

  @Override
  public int size() {
    return partition.size();
  }

  @Override
  public int batches() {
    return partition.batches();
  }

  @Override
  public OptionalInt classCount() {
    return OptionalInt.of(dataset.classNames().size());
  }

  @Override
  public Batch batch(long epoch, int index) {
    return BatchAssembler.assemble(
        dataset, positions, partition.start(index), partition.end(index));
  }
}
