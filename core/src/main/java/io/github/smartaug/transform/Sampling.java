package io.github.smartaug.transform;

/**
 * How images are read where a transform moves pixels.
 *
 * @param interpolation what is read between pixels
 * @param border what is read outside the image
 * @param runs what becomes of affine transforms that follow each other
 */
public record Sampling(Interpolation interpolation, Border border, AffineChains runs) {
  /** Bilinear, zeros, one resampling per transform: the ancestor's. */
  public static final Sampling DEFAULT =
      new Sampling(Interpolation.BILINEAR, Border.ZEROS, AffineChains.SEPARATE);

  /** What is read between pixels. */
  public enum Interpolation {
    /** The four neighbours, weighted by nearness. */
    BILINEAR(0),
    /**
     * The nearest pixel; of two equally near ones the one of even index. The result is a step
     * function of the transform's value, so the value has no gradient; images have theirs.
     */
    NEAREST(1);

    private final long code;

    Interpolation(long code) {
      this.code = code;
    }

    /** Number of the mode in libtorch's sampler. */
    long code() {
      return code;
    }
  }

  /** What is read outside the image. */
  public enum Border {
    /** Zero, for each of the neighbours that is outside, without renormalisation. */
    ZEROS(0),
    /**
     * The image mirrored about the outer edges of its outermost pixels, again and again, so that
     * these pixels occur twice: {@code c b a | a b c | c b a}.
     */
    REFLECTION(2),
    /** The outermost pixel, repeated: {@code a a a | a b c | c c c}. */
    EDGE(1);

    private final long code;

    Border(long code) {
      this.code = code;
    }

    /** Number of the padding mode in libtorch's sampler. */
    long code() {
      return code;
    }
  }

  /** What becomes of affine transforms that follow each other in the sequence of an image. */
  public enum AffineChains {
    /** Each resamples what the one before it left. */
    SEPARATE,
    /**
     * They are multiplied and resample once, which blurs less, and keeps what leaves the image on
     * the way if a later transform of the run brings it back. Identities do not interrupt a run.
     */
    COMPOSED
  }

  /** The same with another interpolation. */
  public Sampling with(Interpolation other) {
    return new Sampling(other, border, runs);
  }

  /** The same with another border. */
  public Sampling with(Border other) {
    return new Sampling(interpolation, other, runs);
  }

  /** The same with runs treated in another way. */
  public Sampling with(AffineChains other) {
    return new Sampling(interpolation, border, other);
  }
}
