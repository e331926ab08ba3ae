package io.github.smartaug.transform;

import io.github.smartaug.tensor.Scope;
import io.github.smartaug.tensor.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A transform that moves pixels by an affine map: the output at (x, y) is the input at {@code M (x,
 * y, 1)}, where M is the inverse of the map from source to destination, in pixels.
 *
 * <p>Bilinear, pixel centres on integers, zeros outside: each of the four neighbours that lies
 * outside contributes zero, without renormalisation.
 */
abstract class AffineTransform implements Transform {
  private static final long BILINEAR = 0;
  private static final long ZEROS = 0;

  /**
   * The two rows of the inverse map, each as its three coefficients [B] of (x, y, 1).
   *
   * @param values [B]
   */
  abstract InverseMap inverse(Tensor values, int height, int width);

  @Override
  public final Tensor apply(Tensor images, Tensor values) {
    int height = Math.toIntExact(images.size(2));
    int width = Math.toIntExact(images.size(3));
    try (Scope scope = Scope.open()) {
      InverseMap inverse = inverse(values, height, width);
      Tensor columns = pixelIndices(width, images).view(1, 1, width);
      Tensor rows = pixelIndices(height, images).view(1, height, 1);
      Tensor x = normalized(inverse.x().at(columns, rows), width);
      Tensor y = normalized(inverse.y().at(columns, rows), height);
      Tensor grid = torch.stack(Tensors.vector(List.of(x, y)), 3);
      return scope.keep(torch.grid_sampler_2d(images, grid, BILINEAR, ZEROS, false));
    }
  }

  private static Tensor pixelIndices(int count, Tensor like) {
    return torch.arange(new Scalar(count), like.options());
  }

  /**
   * Pixel positions as libtorch's grid wants them; this convention allows images one pixel wide.
   */
  private static Tensor normalized(Tensor pixels, int size) {
    return pixels.add(new Scalar(0.5)).mul(new Scalar(2.0 / size)).sub(new Scalar(1.0));
  }

  /**
   * Where each output pixel is read.
   *
   * @param x coefficients of the source column
   * @param y coefficients of the source row
   */
  record InverseMap(Row x, Row y) {}

  /**
   * A linear form {@code a x + b y + c} per image.
   *
   * @param a [B]
   * @param b [B]
   * @param c [B]
   */
  record Row(Tensor a, Tensor b, Tensor c) {
    private Tensor at(Tensor columns, Tensor rows) {
      return perImage(a).mul(columns).add(perImage(b).mul(rows).add(perImage(c)));
    }

    private static Tensor perImage(Tensor coefficient) {
      return coefficient.view(-1, 1, 1);
    }
  }
}
