package io.github.smartaug.augment;

import java.util.stream.IntStream;

/**
 * What the entries of a learned {@link ParameterRole#SCALE scale} are to each other and to images.
 *
 * @param counterparts of each entry: the one that is the same thing along the other axis, or itself
 * @param shares of the images that each works on, as things are drawn now, from 0 to 1; 0 for one
 *     that cannot be learned
 */
@SuppressWarnings("ArrayRecordComponent") // read only, never compared
public record ScaleUse(int[] counterparts, double[] shares) {
  /** Entries that have nothing to do with each other, and work on nobody knows what. */
  public static ScaleUse unknown(int entries) {
    return new ScaleUse(IntStream.range(0, entries).toArray(), new double[entries]);
  }
}
