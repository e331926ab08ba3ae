package io.github.smartaug.cli.options;

/** The values of {@code --augment}. */
public enum Augmentation {
  /** Images as they are. */
  NONE,
  /** RandAugment. */
  RANDOM,
  /** A learned policy. */
  LEARNED;

  /** The word of the command line. */
  @Override
  public String toString() {
    return Words.of(this);
  }
}
