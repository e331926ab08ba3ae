package io.github.smartaug.augment;

import io.github.smartaug.transform.TransformSet;
import java.util.function.Supplier;

/**
 * What a policy can be made of; each takes what it needs.
 *
 * @param source of the transforms to choose from: asked only by policies that have transforms,
 *     since it may read a file
 * @param options of a learned policy, its length among them, which others have too
 * @param magnitude of all transforms, in [0,1], where it is not learned
 * @param classes number of classes of the images
 */
public record PolicySettings(
    Supplier<TransformSet> source, PolicyOptions options, double magnitude, int classes) {
  /** With transforms that are there, for images of that many classes; magnitude 0.3. */
  public static PolicySettings of(TransformSet transforms, PolicyOptions options, int classes) {
    return new PolicySettings(() -> transforms, options, RandAugment.USUAL_MAGNITUDE, classes);
  }

  /**
   * The transforms to choose from.
   *
   * @throws IllegalArgumentException if their source is wrong
   */
  public TransformSet transforms() {
    return source.get();
  }

  /** Number of transforms per image in turn, N. */
  public int length() {
    return options.length();
  }
}
