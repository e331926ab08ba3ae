package io.github.smartaug.nn;

import java.util.random.RandomGenerator;

/** Whether a model is trained or evaluated; decides what batch normalisation and dropout do. */
public sealed interface Mode {
  /** Batch statistics and dropout. */
  static Mode training(RandomGenerator random) {
    return new Training(random);
  }

  /** Running statistics, no dropout. */
  static Mode evaluation() {
    return Evaluation.INSTANCE;
  }

  /**
   * Batch statistics and dropout.
   *
   * @param random source of the dropout masks
   */
  record Training(RandomGenerator random) implements Mode {}

  /** Running statistics, no dropout. */
  enum Evaluation implements Mode {
    /** The only value. */
    INSTANCE
  }
}
