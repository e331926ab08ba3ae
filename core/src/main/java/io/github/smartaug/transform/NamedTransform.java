package io.github.smartaug.transform;

import io.github.smartaug.tensor.Scope;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * A transform in a set: what it does, and how its values follow from a magnitude.
 *
 * @param name unique in its set, for people
 * @param function what files call the transform
 * @param axis along which it works, if it has one
 * @param transform what it does
 * @param range of its values; empty if it has none
 */
public record NamedTransform(
    String name,
    String function,
    Optional<Axis> axis,
    Transform transform,
    Optional<ValueRange> range) {
  /** Checks that a transform that uses a value has a range. */
  public NamedTransform {
    if (transform.usesValue() && range.isEmpty()) {
      throw new IllegalArgumentException("\"" + function + "\" needs a range: param with a max");
    }
  }

  /** Whether its magnitude can be learned. */
  public boolean learnable() {
    return transform.usesValue() && transform.gradientKind() != GradientKind.NONE;
  }

  /**
   * Transforms images with values drawn from the part of the range that the magnitude opens.
   *
   * @param images float [B,C,H,W] in [0,1]
   * @param magnitudes [1] or [B]
   * @param uniforms draws in [0,1), [B]
   * @return [B,C,H,W] in [0,1]
   */
  public Tensor apply(Tensor images, Tensor magnitudes, Tensor uniforms) {
    try (Scope scope = Scope.open()) {
      int height = Math.toIntExact(images.size(2));
      int width = Math.toIntExact(images.size(3));
      Tensor values =
          transform.usesValue()
              ? range.orElseThrow().values(magnitudes, uniforms, height, width)
              : uniforms;
      return scope.keep(transform.apply(images, values));
    }
  }
}
