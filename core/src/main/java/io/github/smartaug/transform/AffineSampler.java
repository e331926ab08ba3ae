package io.github.smartaug.transform;

import io.github.smartaug.tensor.Scope;
import io.github.smartaug.tensor.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Sampling along affine grids; pixel centres are on integers. */
final class AffineSampler {
  private AffineSampler() {}

  /**
   * Reads every output pixel at the place that its image's matrix says.
   *
   * @param images [B,C,H,W]
   * @param inverseMatrices [B,2,3] from output to source, in pixels
   * @return [B,C,H,W], differentiable once in the images, and in the matrices if the interpolation
   *     is bilinear
   */
  static Tensor sample(Tensor images, Tensor inverseMatrices, Sampling sampling) {
    try (Scope scope = Scope.open()) {
      Tensor matrices =
          switch (sampling.interpolation()) {
            case BILINEAR -> inverseMatrices;
            case NEAREST -> inverseMatrices.detach();
          };
      Tensor grid = grid(matrices, images.size(2), images.size(3));
      long interpolation = sampling.interpolation().code();
      // Corners are not aligned, because the other convention divides by W - 1 and H - 1, which is
      // zero for an image one pixel wide. The pixels read are the same: the grid is made to match.
      return scope.keep(
          torch.grid_sampler_2d(images, grid, interpolation, sampling.border().code(), false));
    }
  }

  /** Source coordinates [B,H,W,2] as the sampler wants them: pixel x at (2x + 1) / W - 1. */
  private static Tensor grid(Tensor inverseMatrices, long height, long width) {
    try (Scope scope = Scope.open()) {
      Tensor scale =
          Tensors.constant(new double[] {2.0 / width, 2.0 / height}, inverseMatrices, 1, 2, 1);
      Tensor shift =
          Tensors.constant(
              new double[] {1.0 / width - 1, 1.0 / height - 1}, inverseMatrices, 1, 2, 1, 1);
      Tensor scaled = inverseMatrices.mul(scale);
      Tensor alongRow = column(scaled, 0).mul(indices(width, scaled).view(1, 1, 1, width));
      Tensor alongColumn = column(scaled, 1).mul(indices(height, scaled).view(1, 1, height, 1));
      Tensor origin = column(scaled, 2).add(shift);
      return scope.keep(alongRow.add(alongColumn.add(origin)).permute(0, 2, 3, 1));
    }
  }

  private static Tensor column(Tensor matrices, long index) {
    return matrices.select(2, index).view(-1, 2, 1, 1);
  }

  private static Tensor indices(long count, Tensor like) {
    return torch.arange(new Scalar(count), like.options());
  }
}
