package io.github.smartaug.transform;

/**
 * The ancestor's mapping from magnitude to value, for tests that replay its numbers: a direct range
 * ends at {@code m max}, below its minimum for small magnitudes. The others are as ours.
 *
 * @param range the ends of the range
 */
public record AncestorMapping(MagnitudeRange range) implements ValueMapping {
  /** The set with the ancestor's mappings in place of ours. */
  public static TransformSet in(TransformSet set) {
    return new TransformSet(
        set.name(),
        set.transforms().stream()
            .map(
                it ->
                    new NamedTransform(
                        it.name(),
                        it.transform(),
                        new AncestorMapping((MagnitudeRange) it.mapping())))
            .toList());
  }

  @Override
  public ValueCoefficients coefficients(int height, int width) {
    ValueCoefficients ours = range.coefficients(height, width);
    if (range.scale() != MagnitudeRange.Scale.DIRECT) {
      return ours;
    }
    double min = ours.constant();
    double max = min + ours.product();
    return new ValueCoefficients(min, 0, -min, max);
  }
}
