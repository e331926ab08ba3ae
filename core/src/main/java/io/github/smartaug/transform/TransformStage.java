package io.github.smartaug.transform;

import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;

/**
 * Applies the transforms of a set to a batch: at each position of a sequence one transform per
 * image, at a cost that does not grow with the number of transforms.
 *
 * <p>Transforms form {@link Family families} whose images share one chain of kernels. At each
 * position the batch is brought into the order of its families by one gather, transformed family by
 * family, and joined; its own order comes back once, after the last position. What was chosen is
 * known on the CPU, so nothing waits for the device. How pixels are read is the set's {@link
 * Sampling}.
 */
public final class TransformStage {
  /** In place of the index of a transform: the image stays as it is. */
  public static final int NOTHING = -1;

  private final TransformSet transforms;
  private final Families families;

  /** A stage that chooses from these transforms. */
  public TransformStage(TransformSet transforms) {
    this.transforms = transforms;
    this.families = Families.of(transforms);
  }

  /**
   * Transforms every image with the transform that was chosen for it.
   *
   * @param images float [B,C,H,W] in [0,1]; not changed
   * @param chosen index of each image's transform in the set, or {@link #NOTHING}, [B]
   * @param uniforms draws in [0,1) that place the values in their ranges, [B]
   * @param magnitudes one per transform of the set, [T], of the images' type
   * @return [B,C,H,W] in [0,1], differentiable with respect to images and magnitudes
   * @throws IllegalArgumentException if the images are not of this kind, or not as many as draws
   */
  public Tensor apply(Tensor images, int[] chosen, double[] uniforms, Tensor magnitudes) {
    return apply(images, new int[][] {chosen}, new double[][] {uniforms}, magnitudes);
  }

  /**
   * Transforms every image with a sequence of transforms in turn.
   *
   * @param images float [B,C,H,W] in [0,1]; not changed
   * @param chosen indices of transforms in the set, or {@link #NOTHING}, [position][B]
   * @param uniforms draws in [0,1) that place the values in their ranges, [position][B]
   * @param magnitudes one per transform of the set, [T], of the images' type
   * @return [B,C,H,W] in [0,1], differentiable with respect to images and magnitudes
   * @throws IllegalArgumentException if the images are not of this kind, or not as many as draws
   */
  public Tensor apply(Tensor images, int[][] chosen, double[][] uniforms, Tensor magnitudes) {
    PerImage.check(images);
    requireOnePerImage(chosen, images);
    if (chosen.length == 0 || images.size(0) == 0) {
      return images;
    }
    int height = Math.toIntExact(images.size(2));
    int width = Math.toIntExact(images.size(3));
    StageDraws draws = new StageDraws(transforms, chosen, uniforms, height, width);
    try (TensorScope scope = TensorScope.open()) {
      return scope.keep(new StagePass(families, draws, magnitudes).apply(images));
    }
  }

  /**
   * How {@link #apply(Tensor, int[][], double[][], Tensor)} moves the pixels of images, for their
   * annotations.
   *
   * @param chosen indices of transforms in the set, or {@link #NOTHING}, [position][B]
   * @param uniforms draws in [0,1) that place the values in their ranges, [position][B]
   * @param magnitudes one per transform of the set, [T], of the images' type
   * @param height of the images, in pixels
   * @param width of the images, in pixels
   * @return in the current scope
   */
  public Geometry geometry(
      int[][] chosen, double[][] uniforms, Tensor magnitudes, int height, int width) {
    if (chosen.length == 0) {
      return Geometry.still(height, width);
    }
    StageDraws draws = new StageDraws(transforms, chosen, uniforms, height, width);
    try (TensorScope scope = TensorScope.open()) {
      Tensor indices = Tensors.indices(draws.flatChosen(), magnitudes);
      Tensor single = draws.motions(indices, draws.values(indices, magnitudes.detach()));
      Tensor sampled = AffineRuns.of(transforms, chosen).sampled(single);
      return new Geometry(
          scope.keep(sampled.view(chosen.length, chosen[0].length, 2, 3)),
          height,
          width,
          transforms.sampling());
    }
  }

  private static void requireOnePerImage(int[][] chosen, Tensor images) {
    for (int[] atPosition : chosen) {
      if (atPosition.length != images.size(0)) {
        throw new IllegalArgumentException(
            "draws are for " + atPosition.length + " images, the batch has " + images.size(0));
      }
    }
  }
}
