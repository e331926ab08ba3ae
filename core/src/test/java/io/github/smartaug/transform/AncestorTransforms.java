package io.github.smartaug.transform;

import java.util.List;

/**
 * The set inverse-scale-wide with the peculiarities of the ancestor that its recorded numbers hold:
 * contrast is a second brightness, a direct range ends at {@code m * max}, and posterize and
 * solarize are not learned.
 */
public final class AncestorTransforms {
  private AncestorTransforms() {}

  /** The set; its names must be the given ones. */
  public static TransformSet inverseScaleWide(List<String> names) {
    TransformSet ours = TransformSets.named("inverse-scale-wide").withoutStraightThrough();
    if (!ours.names().equals(names)) {
      throw new AssertionError(ours.names() + " instead of " + names);
    }
    return AncestorMapping.in(
        new TransformSet(
            "ancestor",
            ours.transforms().stream().map(AncestorTransforms::contrastAsBrightness).toList()));
  }

  private static NamedTransform contrastAsBrightness(NamedTransform ours) {
    return ours.transform() instanceof Contrast
        ? new NamedTransform(ours.name(), new Brightness(), ours.mapping())
        : ours;
  }
}
