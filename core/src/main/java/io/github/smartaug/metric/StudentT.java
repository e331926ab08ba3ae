package io.github.smartaug.metric;

/**
 * Student's t distribution with a whole number of degrees of freedom, whose probabilities are
 * finite sums (Abramowitz and Stegun 1964, 26.7.3 and 26.7.4).
 */
public final class StudentT {
  /** Each halves an interval of angles: more than a double can tell apart. */
  private static final int HALVINGS = 100;

  private StudentT() {}

  /**
   * The t that a variable stays within, on both sides of zero, with that probability.
   *
   * @param probability in (0,1), such as 0.95
   * @param degrees of freedom, at least 1
   * @throws IllegalArgumentException if there are none
   */
  public static double twoSidedQuantile(double probability, int degrees) {
    requirePositive(degrees);
    double low = 0;
    double high = Math.PI / 2;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (within(middle, degrees) < probability) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return Math.sqrt(degrees) * Math.tan(low);
  }

  /**
   * The probability of a variable at least as far from zero, on both sides: the p-value of t.
   *
   * @param t any number, also infinite
   * @param degrees of freedom, at least 1
   * @return in [0,1]; below 1e-15 it is rounding
   * @throws IllegalArgumentException if there are no degrees of freedom
   */
  public static double twoSidedTail(double t, int degrees) {
    requirePositive(degrees);
    double inside = within(Math.atan(Math.abs(t) / Math.sqrt(degrees)), degrees);
    return Math.min(1, Math.max(0, 1 - inside));
  }

  private static void requirePositive(int degrees) {
    if (degrees < 1) {
      throw new IllegalArgumentException(
          "degrees of freedom are " + degrees + ", allowed: at least 1");
    }
  }

  /** Probability that |t| is at most {@code sqrt(degrees) tan(angle)}. */
  private static double within(double angle, int degrees) {
    double cosine = Math.cos(angle);
    boolean odd = degrees % 2 == 1;
    double term = odd ? cosine : 1;
    double sum = degrees == 1 ? 0 : term;
    for (int k = odd ? 3 : 2; k < degrees; k += 2) {
      term *= cosine * cosine * (k - 1) / k;
      sum += term;
    }
    double series = Math.sin(angle) * sum;
    return odd ? 2 / Math.PI * (angle + series) : series;
  }
}
