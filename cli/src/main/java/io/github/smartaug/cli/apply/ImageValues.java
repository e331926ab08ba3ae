package io.github.smartaug.cli.apply;

import io.github.smartaug.transform.Transform;

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
   * @param name of the transform, for messages
   */
  void requireAllowed(Transform transform, String name);

  /** Which values a transform takes, such as {@code 0 to 8 (bits)}. */
  static String allowed(Transform transform) {
    String unit = transform.unit().words();
    return transform.allowedValues() + (unit.isEmpty() ? "" : " (" + unit + ")");
  }
}
