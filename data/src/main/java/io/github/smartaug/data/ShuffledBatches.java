package io.github.smartaug.data;

import io.github.smartaug.batch.Batch;
import io.github.smartaug.batch.BatchSource;
import io.github.smartaug.random.RandomStream;
import java.util.Optional;
import java.util.OptionalInt;
import org.bytedeco.pytorch.Device;

/**
 * Batches of a data set in a new random order each epoch.
 *
 * <p>The order is a function of seed, purpose and epoch alone, so any batch can be asked for at any
 * time and is the same in every run. Two sources over the same set get independent orders by
 * different purposes. Thread-safe.
 */
public final class ShuffledBatches implements BatchSource {
  private final ImageDataset dataset;
  private final Shuffle shuffle;
  private final BatchReader reader;

  /**
   * Creates a source of batches.
   *
   * @param batchSize images in a batch, at least 1
   * @param seed seed of the run
   * @param purpose what the batches are for, such as {@code "training-batches"}
   * @param lastBatch what becomes of the images that do not fill a batch
   */
  public ShuffledBatches(
      ImageDataset dataset, int batchSize, long seed, String purpose, LastBatch lastBatch) {
    this(
        dataset,
        new Shuffle(new BatchPartition(dataset.size(), batchSize, lastBatch), seed, purpose),
        (image, epoch) -> dataset.storedPixels(image));
  }

  private ShuffledBatches(ImageDataset dataset, Shuffle shuffle, EpochPixels pixels) {
    this.dataset = dataset;
    this.shuffle = shuffle;
    this.reader = new BatchReader(dataset, shuffle, pixels);
  }

  /**
   * Training images, without those that do not fill a batch. Where their {@link Resizing} draws
   * another part of an image for every epoch, that is a function of seed, epoch and the name of the
   * image.
   */
  static ShuffledBatches ofTraining(ImageDataset dataset, int batchSize, long seed) {
    BatchPartition partition = new BatchPartition(dataset.size(), batchSize, LastBatch.DROP);
    return new ShuffledBatches(
        dataset,
        new Shuffle(partition, seed, "training-batches"),
        (image, epoch) -> dataset.trainingPixels(image, seed, epoch));
  }

  @Override
  public int size() {
    return shuffle.partition().size();
  }

  @Override
  public int batches() {
    return shuffle.partition().batches();
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

  /** A random order for each epoch. */
  private static final class Shuffle implements BatchOrder {
    private final BatchPartition partition;
    private final long seed;
    private final String purpose;

    /** The order used last: batches are mostly asked for one epoch after another. */
    private volatile Order lastOrder;

    Shuffle(BatchPartition partition, long seed, String purpose) {
      this.partition = partition;
      this.seed = seed;
      this.purpose = purpose;
    }

    @Override
    public BatchPartition partition() {
      return partition;
    }

    @Override
    public int[] positions(long epoch) {
      Order order = lastOrder;
      if (order == null || order.epoch != epoch) {
        RandomStream random = RandomStream.of(seed, purpose + " epoch " + epoch);
        order = new Order(epoch, random.permutation(partition.images()));
        lastOrder = order;
      }
      return order.positions;
    }

    /** The next of the epoch; the last one is followed by the next epoch. */
    @Override
    public Optional<Place> after(Place place) {
      return Optional.of(
          place.index() + 1 < partition.batches()
              ? new Place(place.epoch(), place.index() + 1)
              : new Place(place.epoch() + 1, 0));
    }
  }

  /** Not a record: those compare an array by identity. */
  private static final class Order {
    private final long epoch;
    private final int[] positions;

    Order(long epoch, int[] positions) {
      this.epoch = epoch;
      this.positions = positions;
    }
  }
}
