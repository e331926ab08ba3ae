package io.github.smartaug.augment;

import java.util.List;

/**
 * Transforms that an image gets in this order.
 *
 * @param transforms names of them, the first one first
 * @param probability of an image to get them
 */
public record TransformSequence(List<String> transforms, double probability) {
  /** Copies the list. */
  public TransformSequence {
    transforms = List.copyOf(transforms);
  }
}
