package io.github.smartaug.transform;

/** The 256 grey levels, for functions that ask on which side of one a number is. */
final class Levels {
  /** Number of levels. */
  static final int COUNT = 256;

  /** The highest level. */
  static final int WHITE = COUNT - 1;

  /**
   * How far a number may be from where it belongs: what earlier transforms leave of a level is not
   * exact. A function that jumps at a level or between two jumps this far beside it, where numbers
   * that stand for levels or for their middles never are.
   */
  static final double TOLERANCE = 0x1p-16;

  private Levels() {}
}
