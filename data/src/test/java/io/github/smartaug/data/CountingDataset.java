package io.github.smartaug.data;

import io.github.smartaug.batch.ImageShape;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Images that somebody's own code makes: those of {@link TestData#dataset}. Each takes another
 * time, so that threads end in another order than they begin.
 */
final class CountingDataset implements Dataset {
  static final ImageShape SHAPE = new ImageShape(3, 2, 4);

  private final int size;
  private final ConcurrentLinkedQueue<Integer> asked = new ConcurrentLinkedQueue<>();
  private final AtomicInteger damaged = new AtomicInteger(-1);

  CountingDataset(int size) {
    this.size = size;
  }

  static List<String> classNames() {
    return ClassNames.numerals(5);
  }

  /** The image can no longer be read from now on. */
  void damage(int index) {
    damaged.set(index);
  }

  /** Images that were asked for since the last call. */
  List<Integer> takeAsked() {
    List<Integer> taken = List.copyOf(asked);
    asked.clear();
    return taken;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Labelled get(int index) {
    asked.add(index);
    if (damaged.get() == index) {
      throw new IllegalArgumentException(
          "image " + index + ": cannot be read, allowed: a whole one");
    }
    try {
      Thread.sleep(0, 1000 * (index * 7919 % 500));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    byte[] pixels = TestData.pixels(index, ImageDataset.byteCount(SHAPE));
    return new Labelled(DecodedImage.of(SHAPE, pixels), label(index));
  }

  @Override
  public int label(int index) {
    return index % 5;
  }
}
