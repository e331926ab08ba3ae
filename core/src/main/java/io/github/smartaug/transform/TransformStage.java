package io.github.smartaug.transform;

import io.github.smartaug.tensor.Scope;
import io.github.smartaug.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Applies the transforms of a set to a batch, one transform per image.
 *
 * <p>Images are brought into the order of their transforms, transformed group by group, and put
 * back in one go: one gather and one scatter of the batch, however many transforms the set has.
 */
public final class TransformStage {
  private final TransformSet transforms;

  /** A stage that chooses from these transforms. */
  public TransformStage(TransformSet transforms) {
    this.transforms = transforms;
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
    if (chosen.length != images.size(0)) {
      throw new IllegalArgumentException(
          "draws are for " + chosen.length + " images, the batch has " + images.size(0));
    }
    try (Scope scope = Scope.open()) {
      Grouping grouping = Grouping.of(chosen, transforms.size());
      Tensor values =
          values(images, grouping.permute(chosen), grouping.permute(uniforms), magnitudes);
      Tensor ordered = images.index_select(0, indices(grouping.order(), images.device()));
      List<Tensor> groups = new ArrayList<>();
      for (int t = 0; t < transforms.size(); t++) {
        int start = grouping.start(t);
        int count = grouping.start(t + 1) - start;
        if (count > 0) {
          Transform transform = transforms.transforms().get(t).transform();
          groups.add(
              transform.apply(ordered.narrow(0, start, count), values.narrow(0, start, count)));
        }
      }
      Tensor back = indices(grouping.inverse(), images.device());
      return scope.keep(Tensors.concatenate(groups, 0).index_select(0, back));
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
      return scope.keep(like(images, starts).addcmul(like(images, slopes), own));
    }
  }

  private static Tensor like(Tensor images, double[] values) {
    return Tensors.of(values, values.length).to(images.device(), images.scalar_type());
  }

  private static Tensor indices(int[] values, Device device) {
    return Tensors.indices(values).to(device, ScalarType.Long);
  }
}
