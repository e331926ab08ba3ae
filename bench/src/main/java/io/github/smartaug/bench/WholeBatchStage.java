package io.github.smartaug.bench;

import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import io.github.smartaug.transform.NamedTransform;
import io.github.smartaug.transform.TransformSet;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorIndex;
import org.bytedeco.pytorch.TensorIndexVector;

/**
 * How stages of transforms are usually written, for comparison: for every transform of the set, the
 * images that it was chosen for are selected, transformed, and scattered into a copy of the whole
 * batch. The transforms are those of the grouped stage; only what is around them differs.
 */
final class WholeBatchStage {
  private final TransformSet transforms;
  private final Selection selection;

  /** How the images of one transform are told from the others. */
  enum Selection {
    /**
     * By a mask on the device, {@code images[chosen == t]}, as in the program that this library
     * continues and in most others.
     */
    MASK("per-transform") {
      @Override
      Tensor select(Tensor all, Tensor members) {
        return all.index(where(members));
      }

      @Override
      Tensor scatter(Tensor images, Tensor members, Tensor transformed) {
        return images.clone().index_put_(where(members), transformed);
      }

      private TensorIndexVector where(Tensor mask) {
        return new TensorIndexVector(new TensorIndex(mask));
      }

      @Override
      Tensor members(int[] chosen, int transform) {
        return Tensors.indices(chosen).eq(new Scalar(transform));
      }
    },

    /** By indices that are known on the CPU: the best that can be done transform by transform. */
    INDICES("per-transform-indexed") {
      @Override
      Tensor select(Tensor all, Tensor members) {
        return all.index_select(0, members);
      }

      @Override
      Tensor scatter(Tensor images, Tensor members, Tensor transformed) {
        return images.index_copy(0, members, transformed);
      }

      @Override
      Tensor members(int[] chosen, int transform) {
        return Tensors.indices(
            IntStream.range(0, chosen.length).filter(i -> chosen[i] == transform).toArray());
      }
    };

    private final String caseName;

    Selection(String caseName) {
      this.caseName = caseName;
    }

    /** In what a benchmark prints. */
    String caseName() {
      return caseName;
    }

    abstract Tensor members(int[] chosen, int transform);

    abstract Tensor select(Tensor all, Tensor members);

    abstract Tensor scatter(Tensor images, Tensor members, Tensor transformed);
  }

  WholeBatchStage(TransformSet transforms, Selection selection) {
    this.transforms = transforms;
    this.selection = selection;
  }

  Tensor apply(Tensor images, int[][] chosen, double[][] uniforms, Tensor magnitudes) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor current = images;
      for (int n = 0; n < chosen.length; n++) {
        Tensor draws = Tensors.constant(uniforms[n], images, uniforms[n].length);
        for (int t = 0; t < transforms.size(); t++) {
          int transform = t;
          if (IntStream.of(chosen[n]).anyMatch(choice -> choice == transform)) {
            current = apply(current, chosen[n], draws, magnitudes, transform);
          }
        }
      }
      return scope.keep(current);
    }
  }

  private Tensor apply(
      Tensor images, int[] chosen, Tensor uniforms, Tensor magnitudes, int transform) {
    NamedTransform named = transforms.transforms().get(transform);
    int height = Math.toIntExact(images.size(2));
    int width = Math.toIntExact(images.size(3));
    try (TensorScope scope = TensorScope.open()) {
      Tensor members = selection.members(chosen, transform);
      Tensor values =
          named
              .mapping()
              .value(
                  magnitudes.narrow(0, transform, 1),
                  selection.select(uniforms, members),
                  height,
                  width);
      Tensor transformed = named.transform().apply(selection.select(images, members), values);
      return scope.keep(selection.scatter(images, members, transformed));
    }
  }
}
