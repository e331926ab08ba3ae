package io.github.smartaug.transform;

import java.util.stream.IntStream;

/** The order of a batch in which images of the same group are neighbours. */
final class Grouping {
  private final int[] order;
  private final int[] starts;

  private Grouping(int[] order, int[] starts) {
    this.order = order;
    this.starts = starts;
  }

  /** The batch in its own order, as one group. */
  static Grouping whole(int images) {
    return new Grouping(IntStream.range(0, images).toArray(), new int[] {0, images});
  }

  /**
   * This order, sorted by other groups; within each of them images keep this order (counting sort).
   *
   * @param groupOfImage group of each image of the batch
   * @param groups number of groups
   */
  Grouping sortedBy(int[] groupOfImage, int groups) {
    int[] starts = new int[groups + 1];
    for (int group : groupOfImage) {
      starts[group + 1]++;
    }
    for (int group = 0; group < groups; group++) {
      starts[group + 1] += starts[group];
    }
    int[] next = starts.clone();
    int[] sorted = new int[order.length];
    for (int image : order) {
      sorted[next[groupOfImage[image]]++] = image;
    }
    return new Grouping(sorted, starts);
  }

  /** Number of images. */
  int images() {
    return order.length;
  }

  /** Index of the image at each place. */
  int[] order() {
    return order;
  }

  /** Place of each image. */
  int[] places() {
    int[] places = new int[order.length];
    for (int place = 0; place < places.length; place++) {
      places[order[place]] = place;
    }
    return places;
  }

  /** Number of images in a group. */
  int size(int group) {
    return starts[group + 1] - starts[group];
  }

  /** The groups that have images, in their order. */
  int[] occupied() {
    return IntStream.range(0, starts.length - 1).filter(group -> size(group) > 0).toArray();
  }

  /** Sizes of the {@link #occupied} groups. */
  long[] occupiedSizes() {
    return IntStream.of(occupied()).mapToLong(this::size).toArray();
  }

  /** Indices of the images of a group, by place. */
  int[] members(int group) {
    return IntStream.range(starts[group], starts[group + 1]).map(place -> order[place]).toArray();
  }
}
