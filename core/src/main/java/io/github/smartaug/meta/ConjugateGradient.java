package io.github.smartaug.meta;

import io.github.smartaug.input.InputRange;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Implicit differentiation at the end of a long inner run, with {@code (H + damping I) q =
 * lambda_K} solved by J iterations of conjugate gradients; the rest as in {@link Neumann}.
 *
 * <p>Pedregosa, "Hyperparameter optimization with approximate gradient", ICML 2016; Rajeswaran et
 * al., "Meta-learning with implicit gradients", NeurIPS 2019.
 *
 * <p>Cost and memory: those of {@link Neumann}. Bias: as far as theta_K is not stationary, the
 * damping, and what J iterations leave of the residual. The method needs H + damping I to be
 * positive definite; in a direction where it is not, the iteration stops and gives what it has.
 *
 * @param iterations at most that many products with the Hessian, J, at least 1
 * @param damping added to the Hessian's diagonal, at least 0: makes the system definite and well
 *     conditioned far from a minimum, and shrinks the result
 */
public record ConjugateGradient(int iterations, double damping) implements HypergradientEstimator {
  private static final double DEFAULT_DAMPING = 0.01;

  /** Relative residual at which a solution is as exact as it gets. */
  private static final double SMALLEST_RESIDUAL = 1e-12;

  /** With damping 0.01. */
  public ConjugateGradient(int iterations) {
    this(iterations, DEFAULT_DAMPING);
  }

  /** Checks the numbers. */
  public ConjugateGradient {
    InputRange.atLeast(1, "number of conjugate gradient iterations", iterations);
    InputRange.atLeast(0, "damping", damping);
  }

  @Override
  public Trajectory start(InnerStep step, InnerState state, NamedTensors meta, int steps) {
    return new ImplicitTrajectory(step, state, meta, steps, this::inverseTimes);
  }

  /** One product per iteration, and one with the meta parameters. */
  @Override
  public int secondDerivatives(int steps) {
    return iterations + 1;
  }

  /** It solves for where the steps lead to, however long these are. */
  @Override
  public boolean fadesWithLearningRate() {
    return false;
  }

  private NamedTensors inverseTimes(NamedTensors vector, StationaryPoint point) {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors solution = LossGradients.zeros(vector);
      NamedTensors residual = vector;
      NamedTensors direction = vector;
      double squared = dot(residual, residual);
      double smallest = squared * SMALLEST_RESIDUAL * SMALLEST_RESIDUAL;
      for (int i = 0; i < iterations && squared > smallest; i++) {
        try (TensorScope iteration = TensorScope.open()) {
          NamedTensors product = plus(point.hessianProduct(direction), direction, damping);
          double curvature = dot(direction, product);
          if (!(curvature > 0)) {
            break;
          }
          double length = squared / curvature;
          solution = iteration.keep(plus(solution, direction, length));
          residual = iteration.keep(plus(residual, product, -length));
          double next = dot(residual, residual);
          direction = iteration.keep(plus(residual, direction, next / squared));
          squared = next;
        }
      }
      return scope.keep(solution);
    }
  }

  private static NamedTensors plus(NamedTensors base, NamedTensors tensors, double factor) {
    return base.combine(tensors, (b, t) -> b.add(t, new Scalar(factor)));
  }

  private static double dot(NamedTensors left, NamedTensors right) {
    try (TensorScope scope = TensorScope.open()) {
      return left.combine(right, Tensor::mul).tensors().stream()
          .mapToDouble(product -> Tensors.item(product.sum()))
          .sum();
    }
  }
}
