package io.github.smartaug.transform;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The set inverse-scale-wide with the two peculiarities of the ancestor that its recorded numbers
 * hold: contrast is a second brightness, and a direct range ends at {@code m * max}.
 */
public final class AncestorTransforms {
  private AncestorTransforms() {}

  /** The set, in the order of the given names. */
  public static TransformSet inverseScaleWide(List<String> names) {
    TransformSet ours = TransformSets.named("inverse-scale-wide");
    List<NamedTransform> transforms = new ArrayList<>();
    for (String name : names) {
      NamedTransform transform =
          ours.transforms().stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
      transforms.add(ancestral(transform));
    }
    return new TransformSet("ancestor", transforms);
  }

  private static NamedTransform ancestral(NamedTransform ours) {
    Transform transform = ours.function().equals("contrast") ? new Brightness() : ours.transform();
    Optional<ValueRange> range =
        ours.range().map(r -> r instanceof MagnitudeRange m ? ancestral(m) : r);
    return new NamedTransform(ours.name(), ours.function(), ours.axis(), transform, range);
  }

  private static ValueRange ancestral(MagnitudeRange range) {
    if (range.minimum().isEmpty() || range.scale() == MagnitudeRange.Scale.INVERSE) {
      return range;
    }
    double min = range.minimum().getAsDouble();
    return (magnitudes, uniforms, height, width) ->
        magnitudes
            .mul(new org.bytedeco.pytorch.Scalar(range.maximum()))
            .sub(new org.bytedeco.pytorch.Scalar(min))
            .mul(uniforms)
            .add(new org.bytedeco.pytorch.Scalar(min));
  }
}
