package io.github.smartaug.augment;

/** Words that the descriptions of policies share. */
final class PolicyText {
  private PolicyText() {}

  /** How many of which transforms. */
  static String choice(TransformPolicy policy) {
    return policy.length()
        + " in turn of the "
        + policy.transforms().size()
        + " transforms of "
        + policy.transforms().name();
  }
}
