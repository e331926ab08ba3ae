package io.github.smartaug.transform;

import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Sampling along affine grids in images of one size; pixel centres are on integers. Its tensors
 * belong to the scope in which it is made.
 */
final class AffineSampler {
  private final long height;
  private final long width;
  private final Sampling sampling;

  /** Column, row and 1 of every pixel, [3,H*W]. */
  private final Tensor pixels;

  /** From source pixels to the sampler's coordinates: pixel x at (2x + 1) / W - 1. */
  private final Tensor scale;

  private final Tensor shift;

  /**
   * A sampler.
   *
   * @param like of the images' type and on their device
   */
  AffineSampler(long height, long width, Sampling sampling, Tensor like) {
    this.height = height;
    this.width = width;
    this.sampling = sampling;
    try (TensorScope scope = TensorScope.open()) {
      Tensor column = indices(width, like).view(1, 1, width).expand(1, height, width);
      Tensor row = indices(height, like).view(1, height, 1).expand(1, height, width);
      Tensor one = torch.ones_like(row);
      this.pixels = scope.keep(Tensors.concatenate(List.of(column, row, one), 0).view(3, -1));
      double[] factors = {2.0 / width, 2.0 / height};
      double[] offsets = {0, 0, 1.0 / width - 1, 0, 0, 1.0 / height - 1};
      this.scale = scope.keep(Tensors.constant(factors, like, 1, 2, 1));
      this.shift = scope.keep(Tensors.constant(offsets, like, 1, 2, 3));
    }
  }

  private static Tensor indices(long count, Tensor like) {
    return torch.arange(new Scalar(count), like.options());
  }

  /**
   * Matrices as {@link #sample} takes them.
   *
   * @param inverseMatrices [B,2,3] from output to source, in pixels
   * @return [B,2,3]; has a gradient if the interpolation is bilinear
   */
  Tensor prepared(Tensor inverseMatrices) {
    Tensor matrices =
        switch (sampling.interpolation()) {
          case BILINEAR -> inverseMatrices;
          case NEAREST -> inverseMatrices.detach();
        };
    try (TensorScope scope = TensorScope.open()) {
      return scope.keep(shift.addcmul(matrices, scale));
    }
  }

  /**
   * Reads every output pixel at the place that its image's matrix says.
   *
   * @param images [B,C,H,W], in [0,1] if the interpolation is bilinear, else any numbers
   * @param matrices [B,2,3], {@link #prepared}
   * @return [B,C,H,W], differentiable once in both
   */
  Tensor sample(Tensor images, Tensor matrices) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor grid = matrices.view(-1, 3).mm(pixels).view(-1, 2, height, width).permute(0, 2, 3, 1);
      long interpolation = sampling.interpolation().code();
      // Corners are not aligned, because the other convention divides by W - 1 and H - 1, which is
      // zero for an image one pixel wide. The pixels read are the same: the grid is made to match.
      Tensor read =
          torch.grid_sampler_2d(images, grid, interpolation, sampling.border().code(), false);
      return scope.keep(
          switch (sampling.interpolation()) {
            case BILINEAR -> PixelRange.trimmed(read);
            case NEAREST -> read;
          });
    }
  }
}
