package io.github.smartaug.transform;

import java.util.stream.IntStream;

/** The order of a batch in which images of the same transform are neighbours (counting sort). */
final class Grouping {
  private final int[] order;
  private final int[] inverse;
  private final int[] starts;

  private Grouping(int[] order, int[] inverse, int[] starts) {
    this.order = order;
    this.inverse = inverse;
    this.starts = starts;
  }

  /**
   * The order for a batch.
   *
   * @param chosen group of each image
   * @param groups number of groups
   */
  static Grouping of(int[] chosen, int groups) {
    int[] starts = new int[groups + 1];
    for (int group : chosen) {
      starts[group + 1]++;
    }
    for (int group = 0; group < groups; group++) {
      starts[group + 1] += starts[group];
    }
    int[] next = starts.clone();
    int[] order = new int[chosen.length];
    int[] inverse = new int[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      int place = next[chosen[i]]++;
      order[place] = i;
      inverse[i] = place;
    }
    return new Grouping(order, inverse, starts);
  }

  /** 0, 1, 2, ... */
  static int[] identity(int size) {
    int[] identity = new int[size];
    for (int i = 0; i < size; i++) {
      identity[i] = i;
    }
    return identity;
  }

  /** {@code first[second[i]]} for each i. */
  static int[] compose(int[] first, int[] second) {
    int[] composed = new int[second.length];
    for (int i = 0; i < composed.length; i++) {
      composed[i] = first[second[i]];
    }
    return composed;
  }

  /** Index of the image at each place. */
  int[] order() {
    return order;
  }

  /** Place of each image. */
  int[] inverse() {
    return inverse;
  }

  /** First place of a group. */
  int start(int group) {
    return starts[group];
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

  /** The part of the images' values that belongs to a group, by place. */
  double[] members(int group, double[] values) {
    double[] members = new double[size(group)];
    for (int i = 0; i < members.length; i++) {
      members[i] = values[order[starts[group] + i]];
    }
    return members;
  }
}
