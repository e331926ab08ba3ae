package io.github.smartaug.transform;

import io.github.smartaug.tensor.Scope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * The families of a set: all transforms that resample share one, whatever their matrices; of the
 * others, those that do the same share one, whatever their ranges.
 */
final class Families {
  private final List<Family> families;
  private final int[] familyOf;

  private Families(List<Family> families, int[] familyOf) {
    this.families = families;
    this.familyOf = familyOf;
  }

  static Families of(TransformSet set) {
    List<Family> families = new ArrayList<>();
    List<Transform> representatives = new ArrayList<>();
    int[] familyOf = new int[set.size()];
    for (int t = 0; t < familyOf.length; t++) {
      Transform transform = set.transforms().get(t).transform();
      int known = find(representatives, transform);
      if (known < 0) {
        known = families.size();
        representatives.add(transform);
        families.add(resamples(transform) ? new Resampling(set) : alike(transform));
      }
      familyOf[t] = known;
    }
    return new Families(families, familyOf);
  }

  private static int find(List<Transform> representatives, Transform transform) {
    for (int family = 0; family < representatives.size(); family++) {
      Transform representative = representatives.get(family);
      if (representative.equals(transform) || (resamples(representative) && resamples(transform))) {
        return family;
      }
    }
    return -1;
  }

  /** A flip is exact and cheaper as a mere copy. */
  private static boolean resamples(Transform transform) {
    return transform instanceof AffineTransform && !(transform instanceof Flip);
  }

  private static Family alike(Transform transform) {
    return transform instanceof SeededTransform seeded
        ? (images, values, chosen, uniforms) ->
            seeded.apply(images, values, Seeds.ofUniforms(uniforms))
        : (images, values, chosen, uniforms) -> transform.apply(images, values);
  }

  int size() {
    return families.size();
  }

  Family get(int family) {
    return families.get(family);
  }

  /** The family of each image. */
  int[] indicesOf(int[] chosen) {
    return Arrays.stream(chosen).map(t -> familyOf[t]).toArray();
  }

  /** All affine transforms: one matrix per image, one sampling. */
  private record Resampling(TransformSet set) implements Family {
    @Override
    public Tensor apply(Tensor images, Tensor values, int[] chosen, double[] uniforms) {
      int height = Math.toIntExact(images.size(2));
      int width = Math.toIntExact(images.size(3));
      AffineCoefficients[] ofTransform = new AffineCoefficients[set.size()];
      List<AffineCoefficients> perImage = new ArrayList<>(chosen.length);
      for (int t : chosen) {
        if (ofTransform[t] == null) {
          AffineTransform transform = (AffineTransform) set.transforms().get(t).transform();
          ofTransform[t] = transform.coefficients(height, width);
        }
        perImage.add(ofTransform[t]);
      }
      try (Scope scope = Scope.open()) {
        Tensor matrices = AffineCoefficients.matrices(perImage, values);
        return scope.keep(AffineSampler.sample(images, matrices));
      }
    }
  }
}
