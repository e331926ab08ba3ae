package io.github.smartaug.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Means of vectors over consecutive blocks of equal length, of which there are never more than 32:
 * when there are, neighbours are merged and blocks are twice as long from then on. Immutable.
 *
 * <p>The t test of the block means, with one degree of freedom fewer than blocks, holds for steps
 * whose noise changes over the run and is correlated over less than a block: Ibragimov and Müller,
 * "t-statistic based correlation and heterogeneity robust inference", Journal of Business and
 * Economic Statistics 2010. Blocks that double: Yeh and Schmeiser, "Simulation output analysis via
 * dynamic batch means", Winter Simulation Conference 2000.
 *
 * @param length vectors per block
 * @param blocks means of the full blocks, [block][entry]
 * @param sums over the block that is not full yet
 * @param begun number of vectors in it
 */
record BlockMeans(long length, List<List<Double>> blocks, List<Double> sums, long begun) {
  private static final int MOST = 32;

  /** Copies the lists. */
  BlockMeans {
    blocks = List.copyOf(blocks);
    sums = List.copyOf(sums);
  }

  /** Of no vectors of that size. */
  static BlockMeans empty(int entries) {
    return new BlockMeans(1, List.of(), Collections.nCopies(entries, 0.0), 0);
  }

  /** With one more vector. */
  BlockMeans plus(double[] values) {
    double[] added = new double[values.length];
    Arrays.setAll(added, i -> sums.get(i) + values[i]);
    if (begun + 1 < length) {
      return new BlockMeans(length, blocks, boxed(added), begun + 1);
    }
    Arrays.setAll(added, i -> added[i] / length);
    List<List<Double>> more = new ArrayList<>(blocks);
    more.add(boxed(added));
    BlockMeans next = new BlockMeans(length, more, Collections.nCopies(values.length, 0.0), 0);
    return more.size() < MOST ? next : next.merged();
  }

  private BlockMeans merged() {
    List<List<Double>> pairs = new ArrayList<>();
    for (int b = 0; b < blocks.size(); b += 2) {
      List<Double> first = blocks.get(b);
      List<Double> second = blocks.get(b + 1);
      double[] mean = new double[first.size()];
      Arrays.setAll(mean, i -> (first.get(i) + second.get(i)) / 2);
      pairs.add(boxed(mean));
    }
    return new BlockMeans(2 * length, pairs, sums, 0);
  }

  private static List<Double> boxed(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  /** Number of entries of a vector. */
  int entries() {
    return sums.size();
  }

  /** Mean of an entry over the full blocks; NaN without any. */
  double mean(int entry) {
    return Arrays.stream(ofEntry(entry)).average().orElse(Double.NaN);
  }

  /** Whether the mean of an entry is beyond noise. */
  MeanTest test(int entry) {
    return MeanTest.of(ofEntry(entry));
  }

  /** Whether two entries differ beyond noise, what they have in common being gone. */
  MeanTest testOfDifference(int entry, int other) {
    double[] differences = ofEntry(entry);
    double[] others = ofEntry(other);
    Arrays.setAll(differences, b -> differences[b] - others[b]);
    return MeanTest.of(differences);
  }

  private double[] ofEntry(int entry) {
    return blocks.stream().mapToDouble(block -> block.get(entry)).toArray();
  }
}
