package io.github.smartaug.transform;

import io.github.smartaug.tensor.Scope;
import io.github.smartaug.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;

/** Affine matrices that are linear in the value: the identity and a multiple of one direction. */
final class LinearMatrices {
  private static final double[] IDENTITY = {1, 0, 0, 0, 1, 0};

  private LinearMatrices() {}

  /**
   * {@code identity + value * direction}.
   *
   * @param values [B]
   * @param direction two rows of three
   * @return [B,2,3]
   */
  static Tensor of(Tensor values, double[] direction) {
    try (Scope scope = Scope.open()) {
      Tensor identity = Tensors.constant(IDENTITY, values, 1, 2, 3);
      Tensor perUnit = Tensors.constant(direction, values, 1, 2, 3);
      return scope.keep(identity.addcmul(values.view(-1, 1, 1), perUnit));
    }
  }
}
