package io.github.smartaug.data;

/** What images look like in an epoch. */
@FunctionalInterface
interface EpochPixels {
  /**
   * Unsigned bytes [C,H,W], the same whenever and by whichever thread they are asked for; not to be
   * changed.
   *
   * @param image its number in the set
   */
  byte[] of(int image, long epoch);
}
