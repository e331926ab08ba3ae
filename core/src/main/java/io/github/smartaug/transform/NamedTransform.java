package io.github.smartaug.transform;

/**
 * A transform with a name and the mapping of its values, as a member of a {@link TransformSet}.
 *
 * @param name unique in its set
 * @param transform what is done
 * @param mapping how strong; {@link MagnitudeRange#NONE} if the transform ignores its value
 */
public record NamedTransform(String name, Transform transform, ValueMapping mapping) {
  /**
   * Checks the name and the range.
   *
   * @throws IllegalArgumentException if the name is blank, or the range goes beyond the transform's
   *     {@link Transform#allowedValues() allowed values}
   */
  public NamedTransform {
    if (name.isBlank()) {
      throw new IllegalArgumentException("the name of a transform must not be blank");
    }
    if (transform.usesValue() && mapping instanceof MagnitudeRange range) {
      range.requireInside(transform.allowedValues());
    }
  }

  /**
   * A transform that takes no value.
   *
   * @throws IllegalArgumentException if the name is blank, or the transform takes a value
   */
  public NamedTransform(String name, Transform transform) {
    this(name, valueless(name, transform), MagnitudeRange.NONE);
  }

  private static Transform valueless(String name, Transform transform) {
    if (transform.usesValue()) {
      throw new IllegalArgumentException(
          "transform \"" + name + "\": no range, allowed: a range for its value");
    }
    return transform;
  }

  /** The same with true derivatives only. */
  public NamedTransform withoutStraightThrough() {
    return new NamedTransform(name, transform.withoutStraightThrough(), mapping);
  }

  /** Whether it can do anything to images of that many channels. */
  public boolean usableOn(int channels) {
    return channels > 1 || transform.changesGrey();
  }

  /** Whether the magnitude can be learned: the value matters and has a gradient. */
  public boolean learnable() {
    return transform.usesValue() && transform.gradientKind() != GradientKind.NONE;
  }
}
