package io.github.smartaug.augment;

import io.github.smartaug.transform.TransformSet;

/** The kinds of learned policies, by their names in files. */
public enum PolicyKind {
  /** Transforms are drawn independently: {@link IndependentPolicy}. */
  INDEPENDENT("independent"),
  /** Sequences are drawn: {@link SequencePolicy}. */
  SEQUENCE("sequence");

  private final String word;

  PolicyKind(String word) {
    this.word = word;
  }

  /** The kind of a policy. */
  public static PolicyKind of(LearnablePolicy policy) {
    return policy instanceof SequencePolicy ? SEQUENCE : INDEPENDENT;
  }

  /** A policy of this kind before any learning. */
  public LearnablePolicy initial(TransformSet transforms, PolicyOptions options) {
    return switch (this) {
      case INDEPENDENT -> IndependentPolicy.initial(transforms, options);
      case SEQUENCE -> SequencePolicy.initial(transforms, options);
    };
  }

  /** Number of logits for one class. */
  int choices(TransformSet transforms, PolicyOptions options) {
    return switch (this) {
      case INDEPENDENT -> transforms.size();
      case SEQUENCE -> SequencePolicy.sequences(transforms, options);
    };
  }

  /** The name in files. */
  @Override
  public String toString() {
    return word;
  }
}
