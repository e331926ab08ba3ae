package io.github.smartaug.data;

import io.github.smartaug.batch.Batch;
import io.github.smartaug.batch.BatchSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Device;

/**
 * Batches of a data set in its own order, the same in every epoch, the last one perhaps smaller:
 * for evaluation. Thread-safe.
 */
public final class SequentialBatches implements BatchSource {
  private final ImageDataset dataset;
  private final BatchPartition partition;
  private final BatchReader reader;

  /**
   * Creates a source of batches.
   *
   * @param batchSize images in a batch, at least 1
   */
  public SequentialBatches(ImageDataset dataset, int batchSize) {
    this.dataset = dataset;
    this.partition = new BatchPartition(dataset.size(), batchSize, LastBatch.KEEP);
    this.reader = new BatchReader(dataset, new OwnOrder(partition));
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
    return reader.read(epoch, index);
  }

  @Override
  public Batch batchOn(Device device, long epoch, int index) {
    return reader.read(epoch, index, device);
  }

  @Override
  public Batch firstOfBatch(long epoch, int index, int most) {
    return reader.readFirst(epoch, index, most);
  }

  /** The order of the set. Not a record: those compare an array by identity. */
  private static final class OwnOrder implements BatchOrder {
    private final BatchPartition partition;
    private final int[] positions;

    OwnOrder(BatchPartition partition) {
      this.partition = partition;
      this.positions = IntStream.range(0, partition.images()).toArray();
    }

    @Override
    public BatchPartition partition() {
      return partition;
    }

    @Override
    public int[] positions(long epoch) {
      return positions;
    }

    /** Nothing follows the last one: the next evaluation is far away. */
    @Override
    public Optional<Place> after(Place place) {
      return Optional.of(new Place(place.epoch(), place.index() + 1))
          .filter(next -> next.index() < partition.batches());
    }
  }
}
