package io.github.smartaug.bench;

import io.github.smartaug.tensor.Scope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.NamedTransform;
import io.github.smartaug.transform.TransformSet;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/**
 * How stages of transforms are usually written, for comparison: for every transform of the set, the
 * images that it was chosen for are selected, transformed, and scattered into a copy of the whole
 * batch.
 */
final class WholeBatchStage {
  private final TransformSet transforms;

  WholeBatchStage(TransformSet transforms) {
    this.transforms = transforms;
  }

  Tensor apply(Tensor images, int[][] chosen, double[][] uniforms, Tensor magnitudes) {
    try (Scope scope = Scope.open()) {
      Tensor current = images;
      for (int n = 0; n < chosen.length; n++) {
        for (int t = 0; t < transforms.size(); t++) {
          current = scatter(current, chosen[n], uniforms[n], magnitudes, t);
        }
      }
      return scope.keep(current);
    }
  }

  private Tensor scatter(
      Tensor images, int[] chosen, double[] uniforms, Tensor magnitudes, int transform) {
    int[] members = IntStream.range(0, chosen.length).filter(i -> chosen[i] == transform).toArray();
    if (members.length == 0) {
      return images;
    }
    NamedTransform named = transforms.transforms().get(transform);
    int height = Math.toIntExact(images.size(2));
    int width = Math.toIntExact(images.size(3));
    try (Scope scope = Scope.open()) {
      Tensor index = Tensors.indices(members);
      double[] own = IntStream.of(members).mapToDouble(i -> uniforms[i]).toArray();
      Tensor values =
          named
              .mapping()
              .value(
                  magnitudes.narrow(0, transform, 1),
                  Tensors.constant(own, images, own.length),
                  height,
                  width);
      Tensor transformed = named.transform().apply(images.index_select(0, index), values);
      return scope.keep(images.index_copy(0, index, transformed));
    }
  }
}
