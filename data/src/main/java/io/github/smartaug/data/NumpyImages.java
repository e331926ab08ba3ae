package io.github.smartaug.data;

import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.tensor.MemoryNeed;
import io.github.smartaug.tensor.NpyElements;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads images from an array of unsigned bytes: [N,H,W] grey, [N,H,W,C] or [N,C,H,W] with 1 or 3
 * channels. Where both could be meant, channels are last.
 */
final class NumpyImages {
  private static final String UNSIGNED_BYTE = "|u1";

  private final NpyElements array;
  private final int count;
  private final ImageShape shape;
  private final boolean channelsLast;

  private NumpyImages(NpyElements array, int count, ImageShape shape, boolean channelsLast) {
    this.array = array;
    this.count = count;
    this.shape = shape;
    this.channelsLast = channelsLast;
  }

  /**
   * All images, in their order.
   *
   * @throws IllegalArgumentException if the array is of another kind, cut short, or larger than
   *     Java's heap
   */
  static List<DecodedImage> read(NpyElements array) throws IOException {
    return of(array).read();
  }

  private static NumpyImages of(NpyElements array) {
    if (!array.dtype().equals(UNSIGNED_BYTE)) {
      throw new IllegalArgumentException(
          array.source() + ": dtype " + array.dtype() + ", allowed: |u1 (uint8) for images");
    }
    List<Long> sizes = array.shape();
    boolean possible = sizes.stream().allMatch(s -> s >= 1 && s <= Integer.MAX_VALUE);
    if (possible && sizes.size() == 3) {
      return of(array, 1, sizes.get(1), sizes.get(2), false);
    }
    if (possible && sizes.size() == 4 && isChannels(sizes.get(3))) {
      return of(array, sizes.get(3), sizes.get(1), sizes.get(2), true);
    }
    if (possible && sizes.size() == 4 && isChannels(sizes.get(1))) {
      return of(array, sizes.get(1), sizes.get(2), sizes.get(3), false);
    }
    throw new IllegalArgumentException(
        array.source()
            + ": shape "
            + sizes
            + ", allowed: [N,H,W], [N,H,W,C] or [N,C,H,W] with 1 or 3 channels C");
  }

  private static boolean isChannels(long size) {
    return size == 1 || size == 3;
  }

  private static NumpyImages of(
      NpyElements array, long channels, long height, long width, boolean channelsLast) {
    long count = array.shape().get(0);
    double imageBytes = (double) channels * height * width;
    MemoryNeed.requireOfHeap(array.source(), count * imageBytes);
    if (imageBytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          array.source() + ": images of " + height + "x" + width + " pixels, allowed: 2 GB each");
    }
    ImageShape shape = new ImageShape((int) channels, (int) height, (int) width);
    return new NumpyImages(array, (int) count, shape, channelsLast && channels > 1);
  }

  private List<DecodedImage> read() throws IOException {
    List<DecodedImage> images = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] bytes = array.read(ImageDataset.byteCount(shape));
      images.add(new DecodedImage(shape, channelsLast ? Planes.separated(bytes, shape) : bytes));
    }
    array.requireEnd();
    return images;
  }
}
