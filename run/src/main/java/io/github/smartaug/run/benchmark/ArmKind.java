package io.github.smartaug.run.benchmark;

import java.util.Locale;

/** What an arm of a comparison stands for. */
public enum ArmKind {
  /** Training without augmentation. */
  PLAIN,
  /** A policy by chance alone, such as RandAugment: what learning has to beat. */
  RANDOM,
  /** All that learning a policy takes, with nothing learned. */
  UNLEARNED,
  /** A policy that is learned in the run. */
  LEARNED,
  /** A policy that was there before, such as the truth of made-up data. */
  GIVEN;

  /** The word of files and tables. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
