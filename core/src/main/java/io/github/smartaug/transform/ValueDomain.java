package io.github.smartaug.transform;

/**
 * The values that a transform accepts.
 *
 * @param min smallest; may be minus infinity
 * @param max largest; may be infinity
 * @param unit what the values count
 */
public record ValueDomain(double min, double max, ValueUnit unit) {
  /** Checks the ends. */
  public ValueDomain {
    if (!(min <= max)) {
      throw new IllegalArgumentException(
          "values from " + min + " to " + max + ", allowed: min <= max");
    }
  }

  /** All finite numbers. */
  public static ValueDomain unbounded(ValueUnit unit) {
    return new ValueDomain(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, unit);
  }

  /** All finite numbers that are not less. */
  public static ValueDomain atLeast(double min, ValueUnit unit) {
    return new ValueDomain(min, Double.POSITIVE_INFINITY, unit);
  }

  /** Both ends included. */
  public static ValueDomain between(double min, double max, ValueUnit unit) {
    return new ValueDomain(min, max, unit);
  }

  /** Whether a value is in the domain, finite, and finite as float32. */
  public boolean contains(double value) {
    return value >= min && value <= max && Float.isFinite((float) value);
  }

  /** Such as {@code 0 to 8 bits}, {@code any finite number of degrees}. */
  @Override
  public String toString() {
    boolean bounded = max < Double.POSITIVE_INFINITY;
    if (bounded) {
      return withUnit(number(min) + " to " + number(max), " ");
    }
    return min > Double.NEGATIVE_INFINITY
        ? withUnit("finite, at least " + number(min), " ")
        : withUnit("any finite number", " of ");
  }

  private String withUnit(String text, String link) {
    return unit.words().isEmpty() ? text : text + link + unit.words();
  }

  private static String number(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}
