package io.github.smartaug.data;

import io.github.smartaug.data.BatchOrder.Place;
import io.github.smartaug.tensor.MemoryNeed;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;

/**
 * Decodes the images of the next batches before they are asked for. What a batch consists of does
 * not depend on it: images are told by their number in the set, and come together in their order.
 *
 * <p>At most as many batches as the options say wait, and no more than an eighth of Java's heap
 * holds. They are plain bytes: no tensor goes from one thread to another. Thread-safe.
 */
final class Prefetch {
  /** Of Java's heap, the batches that wait take this part at most: there are several sources. */
  private static final int PARTS = 8;

  private final BatchOrder order;
  private final ImageStream stream;
  private final EpochPixels pixels;
  private final int ahead;
  private final Deque<Waiting> waiting = new ArrayDeque<>();

  /** A batch whose images are being decoded. */
  private record Waiting(Place place, List<Future<byte[]>> images) {}

  /**
   * Begins with nothing ahead.
   *
   * @throws IllegalArgumentException if Java's heap cannot hold one batch
   */
  Prefetch(ImageDataset dataset, BatchOrder order, ImageStream stream, EpochPixels pixels) {
    this.order = order;
    this.stream = stream;
    this.pixels = pixels;
    int images = order.partition().end(0);
    double bytes = (double) images * ImageDataset.byteCount(dataset.shape());
    MemoryNeed.requireOfHeap("batch size: %d images %s".formatted(images, dataset.shape()), bytes);
    int most = mostWithin(Runtime.getRuntime().maxMemory(), bytes);
    this.ahead = stream.hasThreads() ? Math.min(stream.options().prefetch(), most) : 0;
  }

  /** How many batches of so many bytes may wait. */
  static int mostWithin(long heapBytes, double batchBytes) {
    return (int) (heapBytes / (PARTS * batchBytes));
  }

  int ahead() {
    return ahead;
  }

  /**
   * The images of a batch; those of the batches that follow are decoded from now on.
   *
   * @throws IllegalArgumentException if one of them can no longer be read
   */
  List<byte[]> take(Place place) {
    Waiting taken;
    synchronized (this) {
      dropBefore(place);
      taken = waiting.isEmpty() ? begin(place) : waiting.remove();
      fill(place);
    }
    return ImageStream.results(taken.images());
  }

  /** Images of an epoch by their number, without regard to what waits. */
  List<byte[]> decode(long epoch, int[] images) {
    return ImageStream.results(submit(epoch, images));
  }

  /** What waits and is not that batch was not asked for after all. */
  private void dropBefore(Place place) {
    while (!waiting.isEmpty() && !waiting.peek().place().equals(place)) {
      waiting.remove().images().forEach(image -> image.cancel(false));
    }
  }

  private void fill(Place place) {
    Optional<Place> next = order.after(waiting.isEmpty() ? place : waiting.getLast().place());
    while (waiting.size() < ahead && next.isPresent()) {
      waiting.add(begin(next.get()));
      next = order.after(next.get());
    }
  }

  private Waiting begin(Place place) {
    return new Waiting(place, submit(place.epoch(), order.images(place)));
  }

  private List<Future<byte[]>> submit(long epoch, int[] images) {
    List<Future<byte[]>> work = new ArrayList<>(images.length);
    for (int image : images) {
      work.add(stream.submit(() -> pixels.of(image, epoch)));
    }
    return work;
  }
}
