package io.github.smartaug.transform;

import io.github.smartaug.tensor.TensorScope;
import org.bytedeco.pytorch.Tensor;

/**
 * Straight-through gradients: the value of one function with the derivative of another.
 *
 * @see <a href="https://arxiv.org/abs/1308.3432">Bengio et al., Estimating or propagating gradients
 *     through stochastic neurons</a>
 */
final class StraightThrough {
  private StraightThrough() {}

  /** Checks that a gradient is not an exact one, which a transform of this kind has not. */
  static void require(GradientKind kind) {
    if (kind == GradientKind.EXACT) {
      throw new IllegalArgumentException(
          "gradient: EXACT, allowed: " + GradientKind.STRAIGHT_THROUGH + ", " + GradientKind.NONE);
    }
  }

  /** Whether a gradient with respect to an argument will be asked for. */
  static boolean wanted(Tensor argument) {
    return argument.requires_grad();
  }

  /**
   * The same value, to whose gradient with respect to {@code argument} that of the identity is
   * added.
   *
   * @param value of the argument's shape
   */
  static Tensor identity(Tensor value, Tensor argument) {
    if (!wanted(argument)) {
      return value;
    }
    try (TensorScope scope = TensorScope.open()) {
      return scope.keep(value.add(zero(argument)));
    }
  }

  /**
   * The same value, to whose gradient with respect to {@code argument} a given one is added.
   *
   * @param slope derivative of the result with respect to the argument, element by element
   * @param argument broadcasts to the value's shape; a factor common to many slopes is cheaper to
   *     have in it
   */
  static Tensor slope(Tensor value, Tensor argument, Tensor slope) {
    try (TensorScope scope = TensorScope.open()) {
      return scope.keep(value.addcmul(zero(argument), slope.detach()));
    }
  }

  /** Zero, with the gradient of the argument. */
  private static Tensor zero(Tensor argument) {
    try (TensorScope scope = TensorScope.open()) {
      return scope.keep(argument.sub(argument.detach()));
    }
  }
}
