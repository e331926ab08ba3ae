package io.github.smartaug.transform;

import io.github.smartaug.tensor.Scope;
import io.github.smartaug.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Applies the transforms of a set to a batch, one transform per image.
 *
 * <p>Images are gathered by transform, transformed group by group, and put back into their order in
 * one go: one gather and one scatter of the batch, however many transforms the set has.
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
      List<Tensor> groups = new ArrayList<>();
      long[] placeInGroups = new long[chosen.length];
      int placed = 0;
      for (int t = 0; t < transforms.size(); t++) {
        int transform = t;
        int[] members =
            IntStream.range(0, chosen.length).filter(i -> chosen[i] == transform).toArray();
        if (members.length > 0) {
          for (int member : members) {
            placeInGroups[member] = placed++;
          }
          groups.add(applyToGroup(images, transforms.get(t), members, uniforms, magnitudes, t));
        }
      }
      Tensor order =
          Tensors.of(placeInGroups, placeInGroups.length).to(images.device(), ScalarType.Long);
      return scope.keep(Tensors.concatenate(groups, 0).index_select(0, order));
    }
  }

  private static Tensor applyToGroup(
      Tensor images,
      NamedTransform transform,
      int[] members,
      double[] uniforms,
      Tensor magnitudes,
      int index) {
    try (Scope scope = Scope.open()) {
      Tensor group =
          images.index_select(0, Tensors.indices(members).to(images.device(), ScalarType.Long));
      double[] memberUniforms = IntStream.of(members).mapToDouble(i -> uniforms[i]).toArray();
      Tensor uniform =
          Tensors.of(memberUniforms, members.length).to(images.device(), images.scalar_type());
      Tensor magnitude = magnitudes.narrow(0, index, 1);
      return scope.keep(transform.apply(group, magnitude, uniform));
    }
  }
}
