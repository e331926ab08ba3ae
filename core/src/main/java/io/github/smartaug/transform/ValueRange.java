package io.github.smartaug.transform;

/**
 * The values that make sense for a transform, both ends included.
 *
 * @param min may be negative infinity
 * @param max may be infinity
 */
public record ValueRange(double min, double max) {
  /** Any finite number. */
  public static final ValueRange ANY =
      new ValueRange(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  /** Zero and more. */
  public static final ValueRange NOT_NEGATIVE = new ValueRange(0, Double.POSITIVE_INFINITY);

  /** From min to max. */
  public static ValueRange between(double min, double max) {
    return new ValueRange(min, max);
  }

  /** Whether a value is finite and inside. */
  public boolean contains(double value) {
    return Double.isFinite(value) && value >= min && value <= max;
  }

  /** Such as {@code 0 to 8}, {@code at least 0}. */
  @Override
  public String toString() {
    if (min == Double.NEGATIVE_INFINITY) {
      return "finite numbers";
    }
    return max == Double.POSITIVE_INFINITY
        ? "at least " + text(min)
        : text(min) + " to " + text(max);
  }

  private static String text(double end) {
    return end == Math.rint(end) ? Long.toString((long) end) : Double.toString(end);
  }
}
