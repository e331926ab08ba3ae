package io.github.smartaug.transform;

import io.github.smartaug.tensor.Scope;
import io.github.smartaug.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Applies the transforms of a set to a batch: at each position of a sequence one transform per
 * image, at a cost that does not grow with the number of transforms.
 *
 * <p>Transforms form {@link Family families} whose images share one chain of kernels. At each
 * position the batch is brought into the order of its families by one gather, transformed family by
 * family, and joined; its own order comes back once, after the last position. What was chosen is
 * known on the CPU, so nothing waits for the device.
 */
public final class TransformStage {
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
   * @param chosen index of each image's transform in the set, [B]
   * @param uniforms draws in [0,1) that place the values in their ranges, [B]
   * @param magnitudes one per transform of the set, [T], of the images' type
   * @return [B,C,H,W] in [0,1], differentiable with respect to images and magnitudes
   */
  public Tensor apply(Tensor images, int[] chosen, double[] uniforms, Tensor magnitudes) {
    return apply(images, new int[][] {chosen}, new double[][] {uniforms}, magnitudes);
  }

  /**
   * Transforms every image with a sequence of transforms in turn.
   *
   * @param images float [B,C,H,W] in [0,1]; not changed
   * @param chosen indices of transforms in the set, [position][B]
   * @param uniforms draws in [0,1) that place the values in their ranges, [position][B]
   * @param magnitudes one per transform of the set, [T], of the images' type
   * @return [B,C,H,W] in [0,1], differentiable with respect to images and magnitudes
   */
  public Tensor apply(Tensor images, int[][] chosen, double[][] uniforms, Tensor magnitudes) {
    if (chosen.length == 0) {
      return images;
    }
    try (Scope scope = Scope.open()) {
      Tensor current = images;
      int[] placeOfImage = Grouping.identity(Math.toIntExact(images.size(0)));
      for (int n = 0; n < chosen.length; n++) {
        requireOnePerImage(chosen[n], images);
        Grouping grouping = Grouping.of(families.indicesOf(chosen[n]), families.size());
        Tensor gather = indices(Grouping.compose(placeOfImage, grouping.order()), images.device());
        Tensor ordered = current.index_select(0, gather);
        current =
            applyFamilies(
                ordered,
                grouping,
                grouping.permute(chosen[n]),
                grouping.permute(uniforms[n]),
                magnitudes);
        placeOfImage = grouping.inverse();
      }
      return scope.keep(current.index_select(0, indices(placeOfImage, images.device())));
    }
  }

  private Tensor applyFamilies(
      Tensor images, Grouping grouping, int[] chosen, double[] uniforms, Tensor magnitudes) {
    try (Scope scope = Scope.open()) {
      Tensor values = values(images, chosen, uniforms, magnitudes);
      List<Tensor> results = new ArrayList<>();
      for (int family = 0; family < families.size(); family++) {
        int start = grouping.start(family);
        int count = grouping.start(family + 1) - start;
        if (count > 0) {
          results.add(
              families
                  .get(family)
                  .apply(
                      images.narrow(0, start, count),
                      values.narrow(0, start, count),
                      grouping.members(family, chosen)));
        }
      }
      return scope.keep(Tensors.concatenate(results, 0));
    }
  }

  /** Values of all images at once: each is a linear function of its transform's magnitude. */
  private Tensor values(Tensor images, int[] chosen, double[] uniforms, Tensor magnitudes) {
    try (Scope scope = Scope.open()) {
      int height = Math.toIntExact(images.size(2));
      int width = Math.toIntExact(images.size(3));
      double[] starts = new double[chosen.length];
      double[] slopes = new double[chosen.length];
      for (int i = 0; i < chosen.length; i++) {
        ValueMapping mapping = transforms.transforms().get(chosen[i]).mapping();
        ValueCoefficients coefficients = mapping.coefficients(height, width);
        starts[i] = coefficients.value(0, uniforms[i]);
        slopes[i] = coefficients.value(1, uniforms[i]) - starts[i];
      }
      Tensor own = magnitudes.index_select(0, indices(chosen, images.device()));
      Tensor start = Tensors.constant(starts, images, starts.length);
      return scope.keep(start.addcmul(Tensors.constant(slopes, images, slopes.length), own));
    }
  }

  private static void requireOnePerImage(int[] chosen, Tensor images) {
    if (chosen.length != images.size(0)) {
      throw new IllegalArgumentException(
          "draws are for " + chosen.length + " images, the batch has " + images.size(0));
    }
  }

  private static Tensor indices(int[] values, Device device) {
    return Tensors.indices(values).to(device, ScalarType.Long);
  }
}
