package io.github.smartaug.transform;

import io.github.smartaug.registry.Registered;

/** A transform set with a name: an entry of {@link TransformSets}. */
public interface TransformSetType extends Registered {
  /** The set; it has the same name. */
  TransformSet set();
}
