package io.github.smartaug.cli.apply;

import io.github.smartaug.transform.ValueDomain;
import java.util.Arrays;

/** One value for all images. */
record SameValue(double value) implements ImageValues {
  @Override
  public double[] of(int first, int count) {
    double[] values = new double[count];
    Arrays.fill(values, value);
    return values;
  }

  @Override
  public void requireCount(int images, String where) {
    // It serves any number.
  }

  @Override
  public void requireWithin(ValueDomain domain, String transform) {
    if (!domain.contains(value)) {
      throw new IllegalArgumentException(
          "--value: " + value + ", allowed for " + transform + ": " + domain);
    }
  }
}
