package io.github.smartaug.cli.apply;

import io.github.smartaug.tensor.Npy;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.Transform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A value of its own for every image, from a file. */
final class ValuePerImage implements ImageValues {
  private final Path file;
  private final double[] values;

  private ValuePerImage(Path file, double[] values) {
    this.file = file;
    this.values = values;
  }

  /**
   * Reads a .npy file.
   *
   * @throws IllegalArgumentException if it does not hold numbers [B]
   */
  static ValuePerImage read(Path file) throws IOException {
    try (TensorScope scope = TensorScope.open()) {
      Tensor tensor = Npy.read(file);
      if (tensor.dim() != 1 || tensor.scalar_type().intern() == ScalarType.Bool) {
        throw new IllegalArgumentException(
            file
                + ": "
                + tensor.scalar_type().intern()
                + " of shape "
                + Tensors.shapeText(tensor)
                + ", allowed: one number per image, [B]");
      }
      return new ValuePerImage(file, Tensors.toDoubles(tensor));
    }
  }

  @Override
  public double[] of(int first, int count) {
    return Arrays.copyOfRange(values, first, first + count);
  }

  @Override
  public void requireCount(int images, String where) {
    if (images != values.length) {
      throw new IllegalArgumentException(
          String.format(
              "%s: has %d values, allowed: %d, one for each image of %s",
              file, values.length, images, where));
    }
  }

  @Override
  public void requireAllowed(Transform transform, String name) {
    for (int i = 0; i < values.length; i++) {
      if (!transform.allowedValues().contains(values[i])) {
        throw new IllegalArgumentException(
            String.format(
                "%s: value %d is %s, allowed for %s: %s",
                file, i, values[i], name, ImageValues.allowed(transform)));
      }
    }
  }
}
