package io.github.smartaug.meta;

import io.github.smartaug.tensor.NamedTensors;

/**
 * The last step's term of the adjoint recursion by a central difference along v, the adjoint pulled
 * back through the update to the gradient:
 *
 * <pre>
 *   (grad_phi L(theta + epsilon v, phi) - grad_phi L(theta - epsilon v, phi)) / (2 epsilon),
 *   epsilon = 0.01 / ||v||
 * </pre>
 *
 * <p>Liu et al., "DARTS: Differentiable architecture search", ICLR 2019. For comparison with that
 * literature only: {@link Truncated} with J = 1 costs about the same and is exact.
 *
 * <p>Cost: 3 per step, and once 2 forward and 2 backward passes to the meta parameters: 4 to 6.
 * Memory: one graph of the loss. Bias: that of {@code Truncated(1)} and the curvature between the
 * two points, which is large where ReLUs and max-pools switch and in float32 may exceed the
 * gradient.
 */
public record FiniteDifference() implements HypergradientEstimator {
  @Override
  public Trajectory start(InnerStep step, InnerState state, NamedTensors meta, int steps) {
    return new RecordingTrajectory(
        step, state, meta, steps, 1, StepDerivative.META_BY_FINITE_DIFFERENCE);
  }

  @Override
  public int secondDerivatives(int steps) {
    return 0;
  }
}
