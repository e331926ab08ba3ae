package io.github.smartaug.data;

import io.github.smartaug.tensor.MemoryNeed;
import java.util.List;

/** What is done to the size of every image that is read. */
@FunctionalInterface
public interface Resizing {
  /** Largest side that may be asked for; a guard against mistyped numbers. */
  int LARGEST = 4096;

  /** Images stay as they are stored. */
  Resizing NONE = image -> image;

  /** The image in its new size. */
  DecodedImage apply(DecodedImage image);

  /**
   * All images in their new size, in the same order; works on all cores.
   *
   * @throws IllegalArgumentException if Java's heap cannot hold them
   */
  default List<DecodedImage> applyToAll(List<DecodedImage> images) {
    if (!images.isEmpty()) {
      DecodedImage first = apply(images.get(0));
      MemoryNeed.requireOfHeap(
          "image size: " + images.size() + " images of " + first.shape(),
          (double) images.size() * first.pixels().length);
    }
    return images.parallelStream().map(this::apply).toList();
  }

  /**
   * Every image becomes {@code side x side}, its aspect ratio changed if need be.
   *
   * @param side from 1 to {@value #LARGEST}
   */
  static Resizing toSquare(int side) {
    if (side < 1 || side > LARGEST) {
      throw new IllegalArgumentException(
          "image size: " + side + ", allowed: 1.." + LARGEST + " pixels");
    }
    return image -> Resampler.resize(image, side, side);
  }
}
