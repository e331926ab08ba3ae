package io.github.smartaug.augment;

/**
 * What a learned policy may do and what it learns.
 *
 * @param length number of transforms per image in turn, N, from 0 to {@value #MOST_TRANSFORMS}
 * @param temperature factor of the logits in the sampling distribution, at least 0: 0 samples
 *     uniformly whatever was learned; where it starts, if it is learned
 * @param probabilities whether the logits are learned
 * @param magnitudes whether the magnitudes are learned
 * @param sharing whether transforms have magnitudes of their own
 * @param temperatureLearning whether the temperature is learned, which takes the score function
 * @param probabilityGradient where logits and temperature have their gradient from
 * @param classes number of classes that have logits and magnitudes of their own; 1: one policy for
 *     all images, whatever their class
 * @param penaltyWeights how much each magnitude counts in the penalty
 * @param repeats whether an image may have a transform more than once
 */
public record PolicyOptions(
    int length,
    double temperature,
    Learning probabilities,
    Learning magnitudes,
    MagnitudeSharing sharing,
    Learning temperatureLearning,
    ProbabilityGradient probabilityGradient,
    int classes,
    PenaltyWeights penaltyWeights,
    Repeats repeats) {
  /** The most transforms of one image: a guard against mistyped numbers. */
  public static final int MOST_TRANSFORMS = 100;

  /** The most classes with logits of their own: a guard against mistyped numbers. */
  static final int MOST_CLASSES = 100_000;

  /** A learned temperature is never less. */
  static final double SMALLEST_LEARNED_TEMPERATURE = 0.01;

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

  /** How much the magnitude of each transform counts in {@link LearnablePolicy#penalty}. */
  public enum PenaltyWeights {
    /**
     * As much as the transform is drawn: what a policy rejects gets little gradient, so that a
     * penalty of equal weights would raise that above all.
     */
    PROBABILITY("probability"),
    /** All alike, as in the ancestor. */
    EQUAL("equal");

    private final String word;

    PenaltyWeights(String word) {
      this.word = word;
    }

    /** The name in files and on the command line. */
    @Override
    public String toString() {
      return word;
    }
  }

  /** What becomes of a transform that is drawn for an image that has it already. */
  public enum Repeats {
    /**
     * It is applied once more, as in the ancestor and in RandAugment: two rotations by up to m
     * degrees turn by up to 2 m, and two flips do nothing.
     */
    APPLIED("applied"),
    /**
     * It is left out, so that magnitudes are those of images, however likely a transform is. Draws
     * stay independent, so every estimator of the gradient holds as it is.
     */
    LEFT_OUT("left-out");

    private final String word;

    Repeats(String word) {
      this.word = word;
    }

    /** The name in files and on the command line. */
    @Override
    public String toString() {
      return word;
    }
  }

  /** Checks the numbers, and that what is learned has a gradient. */
  public PolicyOptions {
    if (length < 0 || length > MOST_TRANSFORMS) {
      throw new IllegalArgumentException(
          "length is " + length + ", allowed: from 0 to " + MOST_TRANSFORMS);
    }
    if (!(temperature >= 0 && temperature < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "temperature is " + temperature + ", allowed: at least 0, finite");
    }
    if (classes < 1 || classes > MOST_CLASSES) {
      throw new IllegalArgumentException(
          "classes is " + classes + ", allowed: from 1 to " + MOST_CLASSES);
    }
    if (temperatureLearning == Learning.LEARNED) {
      requireLearnable(temperature, probabilityGradient);
    }
  }

  private static void requireLearnable(double temperature, ProbabilityGradient gradient) {
    if (gradient == ProbabilityGradient.LOSS_WEIGHT) {
      throw new IllegalArgumentException(
          "the temperature is to be learned, but loss weights give it no gradient,"
              + " allowed: with the score function");
    }
    if (temperature < SMALLEST_LEARNED_TEMPERATURE) {
      throw new IllegalArgumentException(
          "temperature is "
              + temperature
              + ", allowed when it is learned: at least "
              + SMALLEST_LEARNED_TEMPERATURE);
    }
  }

  /** Probabilities and magnitudes learned, own magnitudes, temperature 1. */
  public static PolicyOptions learned(int length) {
    return new PolicyOptions(
        length,
        1,
        Learning.LEARNED,
        Learning.LEARNED,
        MagnitudeSharing.OWN,
        Learning.FIXED,
        ProbabilityGradient.LOSS_WEIGHT,
        1,
        PenaltyWeights.PROBABILITY,
        Repeats.APPLIED);
  }

  /** Begins with two transforms per image, all learned but the temperature, which is 1. */
  public static Builder builder() {
    return learned(2).toBuilder();
  }

  /** Begins with these. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Makes {@link PolicyOptions}: what is not given is as it was at the beginning. */
  public static final class Builder {
    private int length;
    private double temperature;
    private Learning probabilities;
    private Learning magnitudes;
    private MagnitudeSharing sharing;
    private Learning temperatureLearning;
    private ProbabilityGradient probabilityGradient;
    private int classes;
    private PenaltyWeights penaltyWeights;
    private Repeats repeats;

    private Builder(PolicyOptions values) {
      length = values.length;
      temperature = values.temperature;
      probabilities = values.probabilities;
      magnitudes = values.magnitudes;
      sharing = values.sharing;
      temperatureLearning = values.temperatureLearning;
      probabilityGradient = values.probabilityGradient;
      classes = values.classes;
      penaltyWeights = values.penaltyWeights;
      repeats = values.repeats;
    }

    /** Number of transforms per image in turn, N, at least 0. Default: 2. */
    public Builder length(int value) {
      length = value;
      return this;
    }

    /** Factor of the logits in the sampling distribution, at least 0. Default: 1. */
    public Builder temperature(double value) {
      temperature = value;
      return this;
    }

    /** Whether the logits are learned. Default: they are. */
    public Builder probabilities(Learning value) {
      probabilities = value;
      return this;
    }

    /** Whether the magnitudes are learned. Default: they are. */
    public Builder magnitudes(Learning value) {
      magnitudes = value;
      return this;
    }

    /** Whether transforms have magnitudes of their own. Default: they have. */
    public Builder sharing(MagnitudeSharing value) {
      sharing = value;
      return this;
    }

    /** Whether the temperature is learned, which takes the score function. Default: it is not. */
    public Builder temperatureLearning(Learning value) {
      temperatureLearning = value;
      return this;
    }

    /** Where logits and temperature have their gradient from. Default: loss weights. */
    public Builder probabilityGradient(ProbabilityGradient value) {
      probabilityGradient = value;
      return this;
    }

    /** Number of classes with logits and magnitudes of their own. Default: 1, all images alike. */
    public Builder classes(int value) {
      classes = value;
      return this;
    }

    /** How much each magnitude counts in the penalty. Default: as the transform is drawn. */
    public Builder penaltyWeights(PenaltyWeights value) {
      penaltyWeights = value;
      return this;
    }

    /** Whether an image may have a transform more than once. Default: it may. */
    public Builder repeats(Repeats value) {
      repeats = value;
      return this;
    }

    /**
     * The result.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public PolicyOptions build() {
      return new PolicyOptions(
          length,
          temperature,
          probabilities,
          magnitudes,
          sharing,
          temperatureLearning,
          probabilityGradient,
          classes,
          penaltyWeights,
          repeats);
    }
  }
}
