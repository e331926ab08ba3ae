package io.github.smartaug.transform;

import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Which affine transforms of each image's sequence are resampled together. A run is a stretch of
 * affine transforms with nothing but identities between them; it is resampled at its last one.
 */
final class AffineRuns {
  /** Whether the run goes on after a position, [position][image]. */
  private final boolean[][] postponed;

  /** Whether a position goes on with what was postponed, [position][image]. */
  private final boolean[][] continued;

  private AffineRuns(int positions, int images) {
    this.postponed = new boolean[positions][images];
    this.continued = new boolean[positions][images];
  }

  /**
   * The runs of a batch.
   *
   * @param chosen indices of transforms in the set, or {@link TransformStage#NOTHING},
   *     [position][image]
   */
  static AffineRuns of(TransformSet set, int[][] chosen) {
    int images = chosen.length == 0 ? 0 : chosen[0].length;
    AffineRuns runs = new AffineRuns(chosen.length, images);
    if (set.sampling().runs() == Sampling.AffineChains.COMPOSED) {
      for (int i = 0; i < images; i++) {
        runs.compose(set, chosen, i);
      }
    }
    return runs;
  }

  private void compose(TransformSet set, int[][] chosen, int image) {
    boolean affineFollows = false;
    for (int n = chosen.length - 1; n >= 0; n--) {
      boolean affine = isAffine(set, chosen[n][image]);
      postponed[n][image] = affine && affineFollows;
      affineFollows = affine || (affineFollows && isIdentity(set, chosen[n][image]));
    }
    boolean open = false;
    for (int n = 0; n < chosen.length; n++) {
      continued[n][image] = open;
      // Between a postponed transform and the last of its run there are only identities.
      postponed[n][image] |= open && isIdentity(set, chosen[n][image]);
      open = postponed[n][image];
    }
  }

  private static boolean isAffine(TransformSet set, int index) {
    return index != TransformStage.NOTHING
        && set.transforms().get(index).transform() instanceof AffineTransform;
  }

  private static boolean isIdentity(TransformSet set, int index) {
    return index == TransformStage.NOTHING
        || set.transforms().get(index).transform() instanceof Identity;
  }

  /** Whether nothing is done yet, because the run goes on. */
  boolean isPostponed(int position, int image) {
    return postponed[position][image];
  }

  /** Whether a postponed transform is made up for here, or postponed further. */
  boolean isContinued(int position, int image) {
    return continued[position][image];
  }

  /**
   * The matrices that are sampled, from those of the single transforms: their product at the end of
   * a run, the identity where one is postponed.
   *
   * @param single inverse matrices, [N*B,2,3], by position, then image
   * @return [N*B,2,3]
   */
  Tensor sampled(Tensor single) {
    if (!anyPostponed()) {
      return single;
    }
    try (TensorScope scope = TensorScope.open()) {
      int positions = postponed.length;
      Tensor perPosition = single.view(positions, -1, 2, 3);
      Tensor identity = Tensors.constant(new double[] {1, 0, 0, 0, 1, 0}, single, 1, 2, 3);
      List<Tensor> sampled = new ArrayList<>();
      Tensor product = perPosition.select(0, 0);
      for (int n = 0; n < positions; n++) {
        if (n > 0) {
          // lerp returns either end exactly at weights 0 and 1.
          Tensor before = torch.lerp(identity, product, weights(continued[n], single));
          product = product(before, perPosition.select(0, n));
        }
        sampled.add(torch.lerp(product, identity, weights(postponed[n], single)));
      }
      return scope.keep(Tensors.concatenate(sampled, 0));
    }
  }

  /** First the left one, seen from the output: {@code in(left(right(p)))}. */
  private static Tensor product(Tensor left, Tensor right) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor linear = left.narrow(2, 0, 2).bmm(right);
      return scope.keep(linear.add(torch.constant_pad_nd(left.narrow(2, 2, 1), 2, 0)));
    }
  }

  private static Tensor weights(boolean[] flags, Tensor like) {
    double[] weights = new double[flags.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = flags[i] ? 1 : 0;
    }
    return Tensors.constant(weights, like, weights.length, 1, 1);
  }

  /** Whether anything is resampled later than where it was chosen. */
  boolean anyPostponed() {
    for (boolean[] ofPosition : postponed) {
      for (boolean flag : ofPosition) {
        if (flag) {
          return true;
        }
      }
    }
    return false;
  }
}
