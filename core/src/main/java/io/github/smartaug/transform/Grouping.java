package io.github.smartaug.transform;

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

  /** Index of the image at each place. */
  int[] order() {
    return order;
  }

  /** Place of each image. */
  int[] inverse() {
    return inverse;
  }

  /** First place of a group; that of the group after the last one is the size of the batch. */
  int start(int group) {
    return starts[group];
  }

  /** Values of the images by place. */
  int[] permute(int[] values) {
    int[] permuted = new int[values.length];
    for (int place = 0; place < permuted.length; place++) {
      permuted[place] = values[order[place]];
    }
    return permuted;
  }

  /** Values of the images by place. */
  double[] permute(double[] values) {
    double[] permuted = new double[values.length];
    for (int place = 0; place < permuted.length; place++) {
      permuted[place] = values[order[place]];
    }
    return permuted;
  }
}
