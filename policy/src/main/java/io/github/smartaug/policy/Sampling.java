package io.github.smartaug.policy;

import java.io.Serializable;
import java.util.Locale;

/**
 * How images are read where a transform moves pixels.
 *
 * @param interpolation what is read between pixels
 * @param border what is read outside the image
 * @param runs what becomes of affine transforms that follow each other
 */
record Sampling(Interpolation interpolation, Border border, Runs runs) implements Serializable {
  static final Sampling DEFAULT = new Sampling(Interpolation.BILINEAR, Border.ZEROS, Runs.SEPARATE);

  /** What is read between pixels. */
  enum Interpolation {
    /** The four neighbours, weighted by nearness. */
    BILINEAR,
    /** The nearest pixel; of two equally near ones the one of even index. */
    NEAREST;

    @Override
    public String toString() {
      return word(this);
    }
  }

  /** What is read outside the image. */
  enum Border {
    /** Zero. */
    ZEROS,
    /** The image mirrored about the outer edges of its outermost pixels, again and again. */
    REFLECTION,
    /** The outermost pixel. */
    EDGE;

    @Override
    public String toString() {
      return word(this);
    }
  }

  /** What becomes of affine transforms that follow each other in the sequence of an image. */
  enum Runs {
    /** Each resamples what the one before it left. */
    SEPARATE,
    /** They are multiplied and resample once; identities do not interrupt a run. */
    COMPOSED;

    @Override
    public String toString() {
      return word(this);
    }
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** As files have it; the default where there is none. */
  static Sampling read(JsonField field) {
    if (field.isAbsent()) {
      return DEFAULT;
    }
    return new Sampling(
        field.field("interpolation").oneOf(Interpolation.values()),
        field.field("border").oneOf(Border.values()),
        field.field("runs").oneOf(Runs.values()));
  }
}
