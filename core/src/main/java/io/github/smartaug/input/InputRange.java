package io.github.smartaug.input;

/**
 * Checks of numbers. A number that is not allowed causes an {@link IllegalArgumentException} of one
 * line: {@code NAME: NUMBER, allowed: WHAT}. NaN is never allowed.
 */
public final class InputRange {
  private InputRange() {}

  /** Rejects a number below {@code smallest}, and infinity. */
  public static void atLeast(double smallest, String name, double value) {
    require(value >= smallest && finite(value), name, value, "at least " + text(smallest));
  }

  /** Rejects zero, negative numbers, and infinity. */
  public static void positive(String name, double value) {
    require(value > 0 && finite(value), name, value, "above 0");
  }

  /** Rejects a number outside {@code [smallest, largest]}. */
  public static void within(double smallest, double largest, String name, double value) {
    require(
        value >= smallest && value <= largest,
        name,
        value,
        "from " + text(smallest) + " to " + text(largest));
  }

  /** Rejects a number outside {@code [0, 1)}. */
  public static void belowOne(String name, double value) {
    require(value >= 0 && value < 1, name, value, "at least 0, below 1");
  }

  /** Rejects a number outside {@code (0, 1)}. */
  public static void strictlyBetweenZeroAndOne(String name, double value) {
    require(value > 0 && value < 1, name, value, "between 0 and 1, both excluded");
  }

  private static boolean finite(double value) {
    return !Double.isInfinite(value);
  }

  private static void require(boolean allowed, String name, double value, String what) {
    if (!allowed) {
      throw new IllegalArgumentException(name + ": " + text(value) + ", allowed: " + what);
    }
  }

  /** Whole numbers without a decimal point, as users write them. */
  private static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
