package io.github.smartaug.export;

import io.github.smartaug.transform.MagnitudeRange;
import io.github.smartaug.transform.NamedTransform;
import io.github.smartaug.transform.TransformType;
import io.github.smartaug.transform.Transforms;
import java.util.Set;

/** What exported policies may be made of: the transforms that those who apply them know, too. */
final class ExportedTransforms {
  static final Set<String> FUNCTIONS =
      Set.of(
          "identity",
          "flip",
          "rotate",
          "translate",
          "shear",
          "brightness",
          "color",
          "contrast",
          "sharpness",
          "posterize",
          "solarize",
          "autocontrast",
          "equalize",
          "invert",
          "hue",
          "blur",
          "cutout",
          "soft-cutout",
          "erase",
          "soft-erase",
          "crop",
          "noise",
          "randblend");

  private ExportedTransforms() {}

  /**
   * The entry of a transform.
   *
   * @throws IllegalArgumentException if it is not one of SmartAug's own
   */
  static TransformType type(NamedTransform named) {
    return Transforms.entryOf(named.transform())
        .filter(entry -> FUNCTIONS.contains(entry.function()))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "transform \""
                        + named.name()
                        + "\": its function is not one of SmartAug's own, allowed: "
                        + String.join(", ", FUNCTIONS.stream().sorted().toList())));
  }

  /**
   * The range of a transform's values.
   *
   * @throws IllegalArgumentException if values are chosen in another way
   */
  static MagnitudeRange range(NamedTransform named) {
    if (named.mapping() instanceof MagnitudeRange range) {
      return range;
    }
    throw new IllegalArgumentException(
        "transform \""
            + named.name()
            + "\": its values are mapped by "
            + named.mapping().getClass().getSimpleName()
            + ", allowed: a MagnitudeRange");
  }
}
