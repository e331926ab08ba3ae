package io.github.smartaug.transform;

import java.util.ArrayList;
import java.util.List;

/**
 * The families of a set: all transforms that resample share one, whatever their matrices; those
 * that leave images alone share one; of the others, those that do the same share one, whatever
 * their ranges.
 */
final class Families {
  /** The family of all that resamples; its matrices are the stage's to compute. */
  static final int RESAMPLED = 0;

  /** The family of images that stay as they are. */
  static final int UNCHANGED = 1;

  private static final int FIRST_OTHER = 2;

  private final List<Family> others;
  private final int[] familyOf;

  private Families(List<Family> others, int[] familyOf) {
    this.others = others;
    this.familyOf = familyOf;
  }

  static Families of(TransformSet set) {
    List<Transform> representatives = new ArrayList<>();
    int[] familyOf = new int[set.size()];
    for (int t = 0; t < familyOf.length; t++) {
      familyOf[t] = familyOf(set.transforms().get(t).transform(), representatives);
    }
    return new Families(
        representatives.stream().map(transform -> alike(transform, set.sampling())).toList(),
        familyOf);
  }

  private static int familyOf(Transform transform, List<Transform> representatives) {
    if (transform instanceof Identity) {
      return UNCHANGED;
    }
    // A flip is exact and cheaper as a mere copy.
    if (transform instanceof AffineTransform && !(transform instanceof Flip)) {
      return RESAMPLED;
    }
    int known = representatives.indexOf(transform);
    if (known < 0) {
      known = representatives.size();
      representatives.add(transform);
    }
    return FIRST_OTHER + known;
  }

  private static Family alike(Transform transform, Sampling sampling) {
    return transform instanceof SeededTransform seeded
        ? (images, values, uniforms) ->
            seeded.apply(images, values, Seeds.ofUniforms(uniforms), sampling)
        : (images, values, uniforms) -> transform.apply(images, values, sampling);
  }

  /** Number of families. */
  int size() {
    return FIRST_OTHER + others.size();
  }

  /** A family that neither resamples nor leaves images unchanged. */
  Family other(int family) {
    return others.get(family - FIRST_OTHER);
  }

  /** The family of a transform, or of {@link TransformStage#NOTHING}. */
  int of(int transform) {
    return transform == TransformStage.NOTHING ? UNCHANGED : familyOf[transform];
  }
}
