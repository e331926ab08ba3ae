package io.github.smartaug.transform;

import io.github.smartaug.registry.Registered;

/** A transform set with a name: an entry of {@link TransformSets}. */
public interface TransformSetType extends Registered {
  /** The set; it has the same name. */
  TransformSet set();

  /**
   * Where magnitudes that are learned start unless told otherwise, in (0,1]: of sets whose ranges
   * reach to what destroys most images, near their weak end.
   */
  default double initialMagnitude() {
    return TransformSets.INITIAL_MAGNITUDE;
  }
}
