package io.github.smartaug.transform;

import java.util.ArrayList;
import java.util.List;

/**
 * The order of a batch at every position of a stage, in which images of the same family are
 * neighbours; made on the CPU before any kernel runs.
 */
final class StagePlan {
  private final int images;
  private final List<Grouping> groupings = new ArrayList<>();
  private final List<int[]> gathers = new ArrayList<>();

  private StagePlan(int images) {
    this.images = images;
  }

  /**
   * The plan of a batch.
   *
   * @param chosen indices of transforms in the set, [position][image]
   */
  static StagePlan of(Families families, AffineRuns runs, int[][] chosen) {
    StagePlan plan = new StagePlan(chosen[0].length);
    int[] placeOfImage = Grouping.identity(plan.images);
    for (int n = 0; n < chosen.length; n++) {
      int[] ofImage = new int[plan.images];
      for (int i = 0; i < plan.images; i++) {
        ofImage[i] = family(families, runs, chosen, n, i);
      }
      Grouping grouping = Grouping.of(ofImage, families.size());
      plan.groupings.add(grouping);
      plan.gathers.add(Grouping.compose(placeOfImage, grouping.order()));
      placeOfImage = grouping.inverse();
    }
    plan.gathers.add(placeOfImage);
    return plan;
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

  /** Whether a family has images at any position. */
  boolean has(int family) {
    return groupings.stream().anyMatch(grouping -> grouping.size(family) > 0);
  }

  /** The order at a position. */
  Grouping grouping(int position) {
    return groupings.get(position);
  }

  /**
   * Where the images at each place of a position were at the position before it; after the last
   * position, where each image of the batch is: [N+1,B], flat.
   */
  int[] gathers() {
    int[] flat = new int[gathers.size() * images];
    for (int n = 0; n < gathers.size(); n++) {
      System.arraycopy(gathers.get(n), 0, flat, n * images, images);
    }
    return flat;
  }

  /** Index in [N*B] of what belongs to the image at each place of each position, [N,B], flat. */
  int[] members() {
    int[] flat = new int[groupings.size() * images];
    for (int n = 0; n < groupings.size(); n++) {
      int[] order = groupings.get(n).order();
      for (int place = 0; place < images; place++) {
        flat[n * images + place] = n * images + order[place];
      }
    }
    return flat;
  }
}
