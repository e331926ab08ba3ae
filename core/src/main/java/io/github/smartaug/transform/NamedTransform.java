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
   * Checks the name.
   *
   * @throws IllegalArgumentException if it is blank
   */
  public NamedTransform {
    if (name.isBlank()) {
      throw new IllegalArgumentException("the name of a transform must not be blank");
    }
  }

  /** Whether the magnitude can be learned: the value matters and has a gradient. */
  public boolean learnable() {
    return transform.usesValue() && transform.gradientKind() != GradientKind.NONE;
  }
}
