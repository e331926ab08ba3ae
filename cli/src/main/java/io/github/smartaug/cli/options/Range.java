package io.github.smartaug.cli.options;

/** Checks of numbers that name the option. */
final class Range {
  private Range() {}

  /** Rejects a number below {@code smallest}, and infinity. */
  static void atLeast(double smallest, String option, double value) {
    require(value >= smallest && finite(value), option, value, "at least " + text(smallest));
  }

  /** Rejects zero, negative numbers, and infinity. */
  static void positive(String option, double value) {
    require(value > 0 && finite(value), option, value, "above 0");
  }

  /** Rejects a number outside {@code [smallest, largest]}. */
  static void within(double smallest, double largest, String option, double value) {
    require(
        value >= smallest && value <= largest,
        option,
        value,
        "from " + text(smallest) + " to " + text(largest));
  }

  /** Rejects a number outside {@code [0, 1)}. */
  static void belowOne(String option, double value) {
    require(value >= 0 && value < 1, option, value, "at least 0, below 1");
  }

  /** Rejects a number outside {@code (0, 1)}. */
  static void strictlyBetweenZeroAndOne(String option, double value) {
    require(value > 0 && value < 1, option, value, "between 0 and 1, both excluded");
  }

  private static boolean finite(double value) {
    return !Double.isInfinite(value);
  }

  private static void require(boolean allowed, String option, double value, String what) {
    if (!allowed) {
      throw new IllegalArgumentException(option + ": " + text(value) + ", allowed: " + what);
    }
  }

  /** Whole numbers without a decimal point: as the user typed them. */
  private static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
