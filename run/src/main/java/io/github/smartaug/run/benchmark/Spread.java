package io.github.smartaug.run.benchmark;

import java.util.Arrays;

/**
 * Mean and standard deviation of a few numbers.
 *
 * @param size how many, 0 and more
 * @param mean NaN of none
 * @param deviation of the sample, divided by {@code size - 1}; NaN of fewer than two
 */
public record Spread(int size, double mean, double deviation) {
  /** Of these numbers. */
  public static Spread of(double... values) {
    double mean = Arrays.stream(values).average().orElse(Double.NaN);
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    int degrees = values.length - 1;
    return new Spread(values.length, mean, degrees < 1 ? Double.NaN : Math.sqrt(squares / degrees));
  }
}
