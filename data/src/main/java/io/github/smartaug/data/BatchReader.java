package io.github.smartaug.data;

import io.github.smartaug.batch.Batch;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Device;

/** Makes batches of a data set, whether it is in memory or decoded anew. Thread-safe. */
final class BatchReader {
  private final ImageDataset dataset;
  private final BatchOrder order;
  private final Optional<Prefetch> prefetch;

  /**
   * A reader of images that are the same in every epoch.
   *
   * @param order which images are in which batch
   */
  BatchReader(ImageDataset dataset, BatchOrder order) {
    this(dataset, order, (image, epoch) -> dataset.storedPixels(image));
  }

  /**
   * A reader.
   *
   * @param order which images are in which batch
   * @param pixels of images that are not in memory
   */
  BatchReader(ImageDataset dataset, BatchOrder order, EpochPixels pixels) {
    this.dataset = dataset;
    this.order = order;
    this.prefetch = dataset.stream().map(stream -> new Prefetch(dataset, order, stream, pixels));
  }

  /** A batch on the CPU. */
  Batch read(long epoch, int index) {
    return BatchAssembler.assemble(dataset, images(epoch, index), pixels(epoch, index));
  }

  /** A batch whose pixels reach the device as bytes. */
  Batch read(long epoch, int index, Device device) {
    return BatchAssembler.assemble(dataset, images(epoch, index), pixels(epoch, index), device);
  }

  /** The first images of a batch, on the CPU; no others are decoded. */
  Batch readFirst(long epoch, int index, int most) {
    int[] all = images(epoch, index);
    int[] few = Arrays.copyOf(all, Math.min(most, all.length));
    List<byte[]> pixels =
        prefetch.map(ahead -> ahead.decode(epoch, few)).orElseGet(() -> held(few));
    return BatchAssembler.assemble(dataset, few, pixels);
  }

  private int[] images(long epoch, int index) {
    return order.images(new BatchOrder.Place(epoch, index));
  }

  private List<byte[]> pixels(long epoch, int index) {
    return prefetch
        .map(ahead -> ahead.take(new BatchOrder.Place(epoch, index)))
        .orElseGet(() -> held(images(epoch, index)));
  }

  private List<byte[]> held(int[] images) {
    return IntStream.of(images).mapToObj(dataset::storedPixels).toList();
  }
}
