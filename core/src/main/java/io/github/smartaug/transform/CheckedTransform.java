package io.github.smartaug.transform;

import io.github.smartaug.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;

/**
 * A transform that reads its input before it uses it, for input from outside: pixels must be in
 * [0,1], values must be allowed. It waits for the device, which training does not.
 *
 * @param transform what is done
 */
public record CheckedTransform(Transform transform) implements SeededTransform {
  /**
   * Checks and transforms.
   *
   * @param seeds [B], ignored unless the transform is a {@link SeededTransform}
   * @throws IllegalArgumentException also if a pixel is not in [0,1], or a value is not one of the
   *     transform's {@link Transform#allowedValues() allowed values}; the message says which
   */
  @Override
  public Tensor apply(Tensor images, Tensor values, long[] seeds) {
    return apply(images, values, seeds, Sampling.DEFAULT);
  }

  @Override
  public Tensor apply(Tensor images, Tensor values, long[] seeds, Sampling sampling) {
    check(images, values);
    return transform instanceof SeededTransform seeded
        ? seeded.apply(images, values, seeds, sampling)
        : transform.apply(images, values, sampling);
  }

  private void check(Tensor images, Tensor values) {
    Images.requireUnitRange(images);
    if (transform.usesValue()) {
      PerImage.check(values, images);
      requireAllowed(Tensors.toDoubles(values));
    }
  }

  private void requireAllowed(double[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!allowedValues().contains(values[i])) {
        throw new IllegalArgumentException(
            "value " + values[i] + " of image " + i + ", allowed: " + allowedValues());
      }
    }
  }

  @Override
  public boolean usesValue() {
    return transform.usesValue();
  }

  @Override
  public boolean changesGrey() {
    return transform.changesGrey();
  }

  @Override
  public GradientKind gradientKind() {
    return transform.gradientKind();
  }

  @Override
  public ValueRange allowedValues() {
    return transform.allowedValues();
  }

  @Override
  public Transform withoutStraightThrough() {
    return new CheckedTransform(transform.withoutStraightThrough());
  }

  @Override
  public ValueUnit unit() {
    return transform.unit();
  }
}
