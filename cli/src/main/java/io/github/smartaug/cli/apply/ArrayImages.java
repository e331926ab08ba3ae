package io.github.smartaug.cli.apply;

import io.github.smartaug.tensor.Npy;
import io.github.smartaug.tensor.Scope;
import io.github.smartaug.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** Reads images from a .npy file and checks that they are what transforms take. */
final class ArrayImages {
  private ArrayImages() {}

  /**
   * Reads a file.
   *
   * @return float32 [B,C,H,W] in [0,1], no size zero
   * @throws IllegalArgumentException if it holds anything else; the message names the file and the
   *     pixel
   */
  static Tensor read(Path file) throws IOException {
    try (Scope scope = Scope.open()) {
      Tensor images = Npy.readFloat32(file);
      if (images.dim() != 4 || images.numel() == 0) {
        throw new IllegalArgumentException(
            file + ": shape " + Tensors.shapeText(images) + ", allowed: [B,C,H,W], all at least 1");
      }
      requireUnitRange(images, file);
      return scope.keep(images);
    }
  }

  private static void requireUnitRange(Tensor images, Path file) {
    try (Scope scope = Scope.open()) {
      // NaN is on neither side.
      Tensor inside = images.ge(new Scalar(0)).logical_and_(images.le(new Scalar(1)));
      if (!inside.all().item_bool()) {
        long first = inside.logical_not_().flatten().nonzero().flatten().min().item_long();
        throw new IllegalArgumentException(
            String.format(
                "%s: %s at %s, allowed: 0 to 1",
                file,
                Tensors.toFloats(images.flatten().narrow(0, first, 1))[0],
                Arrays.toString(position(first, images.shape()))));
      }
    }
  }

  private static long[] position(long index, long[] shape) {
    long[] position = new long[shape.length];
    long rest = index;
    for (int i = shape.length - 1; i >= 0; i--) {
      position[i] = rest % shape[i];
      rest /= shape[i];
    }
    return position;
  }
}
