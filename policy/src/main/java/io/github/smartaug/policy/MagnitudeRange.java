package io.github.smartaug.policy;

import java.io.Serializable;

/**
 * The range of a transform's value, from which a magnitude m in [0,1] and a draw u in [0,1) choose
 * one.
 *
 * @param min smallest value, in {@code unit}
 * @param max largest value, in {@code unit}
 * @param scale which end of the range a small magnitude stays close to
 * @param unit what min and max are multiples of
 */
record MagnitudeRange(double min, double max, Scale scale, Unit unit) implements Serializable {
  /** Of a transform that takes no value. */
  static final MagnitudeRange NONE = new MagnitudeRange(0, 0, Scale.SYMMETRIC, Unit.ABSOLUTE);

  /** Which part of the range a magnitude opens. */
  enum Scale {
    /** Around the middle c: {@code c + m (max - c) (2u - 1)}. */
    SYMMETRIC,
    /** From the smallest value up: {@code min + m (max - min) u}. */
    DIRECT,
    /** From the largest value down: {@code max - m (max - min) (1 - u)}. */
    INVERSE
  }

  /** What the ends of a range are multiples of. */
  enum Unit {
    /** The transform's own unit. */
    ABSOLUTE,
    /** The image's width in pixels. */
    WIDTH,
    /** The image's height in pixels. */
    HEIGHT,
    /** The larger of both. */
    LARGER_SIDE;

    private double pixels(int height, int width) {
      return switch (this) {
        case ABSOLUTE -> 1;
        case WIDTH -> width;
        case HEIGHT -> height;
        case LARGER_SIDE -> Math.max(height, width);
      };
    }
  }

  /**
   * The value for an image, rounded where the library rounds.
   *
   * @param magnitude m
   * @param uniform u
   */
  float value(float magnitude, double uniform, int height, int width) {
    double low = min * unit.pixels(height, width);
    double high = max * unit.pixels(height, width);
    double start =
        switch (scale) {
          case SYMMETRIC -> (low + high) / 2;
          case DIRECT -> low;
          case INVERSE -> high;
        };
    double slope =
        switch (scale) {
          case SYMMETRIC -> -(high - low) / 2 + (high - low) * uniform;
          case DIRECT -> (high - low) * uniform;
          case INVERSE -> -(high - low) + (high - low) * uniform;
        };
    // The library has the end of the slope, not the slope itself.
    return Math.fma((float) (start + slope - start), magnitude, (float) start);
  }
}
