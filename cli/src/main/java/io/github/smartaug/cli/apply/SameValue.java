package io.github.smartaug.cli.apply;

import io.github.smartaug.transform.Transform;
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
  public void requireAllowed(Transform transform, String name) {
    if (!transform.allowedValues().contains(value)) {
      throw new IllegalArgumentException(
          "--value: " + value + ", allowed for " + name + ": " + ImageValues.allowed(transform));
    }
  }
}
