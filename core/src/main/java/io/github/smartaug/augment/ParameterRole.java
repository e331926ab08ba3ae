package io.github.smartaug.augment;

/** What a learned parameter of a policy is to it, which says how it is best moved. */
public enum ParameterRole {
  /**
   * Logits of a choice, all of which a {@link Augmenter#drawProbe probe} looks at equally often.
   * Their differences are evidence for one alternative over another, on one scale for all.
   */
  CHOICE,

  /** A positive factor of a range: it is moved by ratios. */
  SCALE,

  /** Anything else. */
  OTHER
}
