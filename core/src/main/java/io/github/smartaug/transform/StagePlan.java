package io.github.smartaug.transform;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The order of a batch at every position of a stage, in which images of the same family are
 * neighbours; made on the CPU before any kernel runs.
 */
final class StagePlan {
  private final List<Grouping> groupings;
  private final List<Regrouping> regroupings = new ArrayList<>();

  private StagePlan(Grouping own, List<Grouping> groupings) {
    this.groupings = groupings;
    Grouping before = own;
    for (Grouping grouping : groupings) {
      regroupings.add(Regrouping.between(before, grouping));
      before = grouping;
    }
    regroupings.add(Regrouping.between(before, own));
  }

  /**
   * The plan of a batch.
   *
   * @param chosen indices of transforms in the set, or {@link TransformStage#NOTHING},
   *     [position][image]
   */
  static StagePlan of(Families families, AffineRuns runs, int[][] chosen) {
    Grouping own = Grouping.whole(chosen[0].length);
    int[][] familyOf = new int[chosen.length][own.images()];
    for (int n = 0; n < chosen.length; n++) {
      for (int i = 0; i < own.images(); i++) {
        familyOf[n][i] = family(families, runs, chosen, n, i);
      }
    }
    // Sorted by all positions, the first before the second and so on, and then by each anew, images
    // that share their families stay neighbours.
    Grouping current = own;
    for (int n = chosen.length - 1; n > 0; n--) {
      current = current.sortedBy(familyOf[n], families.size());
    }
    List<Grouping> groupings = new ArrayList<>();
    for (int[] ofImage : familyOf) {
      current = current.sortedBy(ofImage, families.size());
      groupings.add(current);
    }
    return new StagePlan(own, groupings);
  }

  private static int family(
      Families families, AffineRuns runs, int[][] chosen, int position, int image) {
    if (runs.isPostponed(position, image)) {
      return Families.UNCHANGED;
    }
    return runs.isContinued(position, image)
        ? Families.RESAMPLED
        : families.of(chosen[position][image]);
  }

  /** Number of positions. */
  int positions() {
    return groupings.size();
  }

  /** The order at a position. */
  Grouping grouping(int position) {
    return groupings.get(position);
  }

  /**
   * The way to a position from the one before it; after the last, back to the batch's own order.
   */
  Regrouping regrouping(int position) {
    return regroupings.get(position);
  }

  /** Sizes of the groups at all positions. */
  long[] sizes() {
    return groupings.stream().map(Grouping::occupiedSizes).flatMapToLong(Arrays::stream).toArray();
  }

  /** Sizes of a family's groups, at the positions that have any. */
  long[] sizes(int family) {
    return groupings.stream()
        .mapToLong(grouping -> grouping.size(family))
        .filter(size -> size > 0)
        .toArray();
  }

  /** Index in [N*B] of what belongs to the image at each place of each position, [N,B], flat. */
  int[] members() {
    return IntStream.range(0, positions())
        .flatMap(n -> atPosition(n, groupings.get(n).order()))
        .toArray();
  }

  /** The part of {@link #members()} that belongs to a family; none if it has no images. */
  int[] members(int family) {
    return IntStream.range(0, positions())
        .flatMap(n -> atPosition(n, groupings.get(n).members(family)))
        .toArray();
  }

  private IntStream atPosition(int position, int[] images) {
    int first = position * groupings.get(position).images();
    return IntStream.of(images).map(image -> first + image);
  }
}
