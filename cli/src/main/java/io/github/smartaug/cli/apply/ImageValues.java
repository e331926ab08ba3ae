package io.github.smartaug.cli.apply;

import io.github.smartaug.transform.ValueDomain;

/** Values of a transform for images in a given order. */
sealed interface ImageValues permits SameValue, ValuePerImage {
  /** Values of {@code count} images from {@code first} on. */
  double[] of(int first, int count);

  /**
   * Checks that there are values for so many images, no more and no less.
   *
   * @param where the images are, for messages
   */
  void requireCount(int images, String where);

  /**
   * Checks that a transform takes the values.
   *
   * @param transform its name, for messages
   */
  void requireWithin(ValueDomain domain, String transform);
}
