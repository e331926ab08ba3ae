package io.github.smartaug.policy;

import java.io.Serializable;

/**
 * A transform of a policy.
 *
 * @param name unique in the policy
 * @param function what is done
 * @param range of its value
 * @param estimated whether a gradient stands in where the function has none of its own
 */
record NamedTransform(
    String name, TransformFunction function, MagnitudeRange range, boolean estimated)
    implements Serializable {
  /** Whether a magnitude that transforms share is this one's, too; it is 1 otherwise. */
  boolean sharesMagnitude(Sampling sampling) {
    boolean steps =
        function.isAffine() && sampling.interpolation() == Sampling.Interpolation.NEAREST;
    return function.usesValue() && (estimated || !function.jumps()) && !steps;
  }
}
