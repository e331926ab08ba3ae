package io.github.smartaug.cli.images;

import io.github.smartaug.tensor.Npy;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.Images;
import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.pytorch.Tensor;

/** Reads images from a .npy file and checks that they are what transforms and models take. */
public final class ArrayImages {
  /** How the names of such files end. */
  public static final String SUFFIX = ".npy";

  private ArrayImages() {}

  /**
   * Reads a file.
   *
   * @return float32 [B,C,H,W] in [0,1], no size zero
   * @throws IllegalArgumentException if it holds anything else; the message names the file and the
   *     pixel
   */
  public static Tensor read(Path file) throws IOException {
    try (TensorScope scope = TensorScope.open()) {
      Tensor images = Npy.readFloat32(file);
      if (images.dim() != 4 || images.numel() == 0) {
        throw new IllegalArgumentException(
            file + ": shape " + Tensors.shapeText(images) + ", allowed: [B,C,H,W], all at least 1");
      }
      try {
        Images.requireUnitRange(images);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
      }
      return scope.keep(images);
    }
  }
}
