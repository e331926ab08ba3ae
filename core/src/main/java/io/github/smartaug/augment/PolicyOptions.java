package io.github.smartaug.augment;

/**
 * What a learned policy may do and what it learns.
 *
 * @param length number of transforms per image in turn, N, at least 0
 * @param temperature factor of the logits in the sampling distribution, at least 0: 0 samples
 *     uniformly whatever was learned
 * @param probabilities whether the logits are learned
 * @param magnitudes whether the magnitudes are learned
 * @param sharing whether transforms have magnitudes of their own
 */
public record PolicyOptions(
    int length,
    double temperature,
    Learning probabilities,
    Learning magnitudes,
    MagnitudeSharing sharing) {
  /** Whether something is learned. */
  public enum Learning {
    /** It follows the hypergradient. */
    LEARNED,
    /** It stays as it starts. */
    FIXED
  }

  /** Whether transforms have magnitudes of their own. */
  public enum MagnitudeSharing {
    /** One magnitude per transform. */
    OWN,
    /** One magnitude for all. */
    SHARED
  }

  /** Checks the numbers. */
  public PolicyOptions {
    if (length < 0) {
      throw new IllegalArgumentException("length is " + length + ", allowed: at least 0");
    }
    if (!(temperature >= 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "temperature is " + temperature + ", allowed: at least 0, finite");
    }
  }

  /** Everything learned, own magnitudes, temperature 1. */
  public static PolicyOptions learned(int length) {
    return new PolicyOptions(length, 1, Learning.LEARNED, Learning.LEARNED, MagnitudeSharing.OWN);
  }
}
