package io.github.smartaug.transform;

/**
 * The range of a transform's value, and how a magnitude m in [0.01, 1] and a uniform draw u in [0,
 * 1) choose a value from it.
 *
 * @param min smallest value, in {@code unit}
 * @param max largest value, in {@code unit}
 * @param scale which end of the range a small magnitude stays close to
 * @param unit what min and max are multiples of
 */
public record MagnitudeRange(double min, double max, Scale scale, Unit unit)
    implements ValueMapping {

  /** The range of a transform that ignores its value: always zero. */
  public static final MagnitudeRange NONE = symmetric(0);

  /** Which part of the range a magnitude opens. */
  public enum Scale {
    /** Around the middle c = (min + max) / 2: {@code c + m (max - c) (2u - 1)}. */
    SYMMETRIC,
    /** From the smallest value up: {@code min + m (max - min) u}. */
    DIRECT,
    /** From the largest value down: {@code max - m (max - min) (1 - u)}. */
    INVERSE
  }

  /** What the ends of a range are multiples of. */
  public enum Unit {
    /** The transform's own unit. */
    ABSOLUTE,
    /** The image's width in pixels. */
    WIDTH,
    /** The image's height in pixels. */
    HEIGHT,
    /** The larger of width and height in pixels. */
    LARGER_SIDE;

    /** The size along an axis; the larger one without an axis (null). */
    static Unit ofImageAlong(Axis axis) {
      if (axis == null) {
        return LARGER_SIDE;
      }
      return axis == Axis.X ? WIDTH : HEIGHT;
    }

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
   * Checks the range.
   *
   * @throws IllegalArgumentException if an end is not finite or min is greater than max
   */
  public MagnitudeRange {
    if (!Double.isFinite(min) || !Double.isFinite(max)) {
      throw new IllegalArgumentException(
          "range " + min + " to " + max + ", allowed: finite numbers");
    }
    if (min > max) {
      throw new IllegalArgumentException("min " + min + " is greater than max " + max);
    }
  }

  /**
   * From -max to max, in the transform's own unit.
   *
   * @throws IllegalArgumentException if max is negative
   */
  public static MagnitudeRange symmetric(double max) {
    return new MagnitudeRange(0 - max, max, Scale.SYMMETRIC, Unit.ABSOLUTE);
  }

  /** From the middle of min and max to both sides, in the transform's own unit. */
  public static MagnitudeRange symmetric(double min, double max) {
    return new MagnitudeRange(min, max, Scale.SYMMETRIC, Unit.ABSOLUTE);
  }

  /** From min up, in the transform's own unit. */
  public static MagnitudeRange direct(double min, double max) {
    return new MagnitudeRange(min, max, Scale.DIRECT, Unit.ABSOLUTE);
  }

  /** From max down, in the transform's own unit. */
  public static MagnitudeRange inverse(double min, double max) {
    return new MagnitudeRange(min, max, Scale.INVERSE, Unit.ABSOLUTE);
  }

  /** The same range in another unit. */
  public MagnitudeRange in(Unit other) {
    return new MagnitudeRange(min, max, scale, other);
  }

  /** Whether the range is symmetric about zero. */
  boolean isCentredOnZero() {
    return scale == Scale.SYMMETRIC && min + max == 0;
  }

  /**
   * Checks the ends. Multiples of the image's size are compared with zero and infinity, whose
   * multiples are the same for every size; other limits bind numbers in the transform's own unit.
   *
   * @throws IllegalArgumentException if an end is not allowed
   */
  void requireInside(ValueRange allowed) {
    requireInside("min", min, allowed);
    requireInside("max", max, allowed);
  }

  private void requireInside(String end, double value, ValueRange allowed) {
    boolean scaled = unit != Unit.ABSOLUTE;
    if (!allowed.contains(value) && !(scaled && value >= 0 && allowed.min() <= 0)) {
      throw new IllegalArgumentException("\"" + end + "\": " + value + ", allowed: " + allowed);
    }
  }

  @Override
  public ValueCoefficients coefficients(int height, int width) {
    double low = min * unit.pixels(height, width);
    double high = max * unit.pixels(height, width);
    double span = high - low;
    return switch (scale) {
      case SYMMETRIC -> new ValueCoefficients((low + high) / 2, -span / 2, 0, span);
      case DIRECT -> new ValueCoefficients(low, 0, 0, span);
      case INVERSE -> new ValueCoefficients(high, -span, 0, span);
    };
  }
}
