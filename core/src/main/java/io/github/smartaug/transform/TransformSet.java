package io.github.smartaug.transform;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The transforms that a policy chooses from, in an order that logits and magnitudes follow.
 *
 * @param name of the set, for people
 * @param transforms at least one, names unique
 */
public record TransformSet(String name, List<NamedTransform> transforms) {
  /** Checks the names. */
  public TransformSet {
    transforms = List.copyOf(transforms);
    if (transforms.isEmpty()) {
      throw new IllegalArgumentException(name + ": no transforms, allowed: at least 1");
    }
    Set<String> seen = new HashSet<>();
    for (int t = 0; t < transforms.size(); t++) {
      if (!seen.add(transforms.get(t).name())) {
        throw new IllegalArgumentException(
            name + ": transform " + t + " \"" + transforms.get(t).name() + "\": name used before");
      }
    }
  }

  /** Number of transforms, T. */
  public int size() {
    return transforms.size();
  }

  /** The transform at an index from 0. */
  public NamedTransform get(int index) {
    return transforms.get(index);
  }
}
