package io.github.smartaug.meta;

import io.github.smartaug.tensor.NamedTensors;

/**
 * The last step's term of the adjoint recursion in mixed mode: the loss of the step is evaluated on
 * dual numbers along v, the adjoint pulled back through the update to the gradient, and its
 * derivative along v is differentiated once with respect to the meta parameters, {@code d/dphi <v,
 * grad L(theta, phi)>}.
 *
 * <p>Pearlmutter, "Fast exact multiplication by the Hessian", Neural Computation 1994; Griewank and
 * Walther, "Evaluating derivatives", 2008, on forward-over-reverse products. Needs nothing of the
 * model but forward-mode derivatives, which libtorch has for almost all functions; see {@link
 * io.github.smartaug.tensor.DualNumbers} for those that it has not.
 *
 * <p>Exact for K = 1. With K &gt; 1 the other steps run as plain training, and the result is that
 * of {@link Truncated} with J = 1.
 *
 * <p>Cost: 3 per step, and once 3 for the dual numbers and 2 to 3 for the reverse pass. Memory: one
 * graph of a step. Bias: none for K = 1, else that of {@code Truncated(1)}.
 */
public record Forward() implements HypergradientEstimator {
  @Override
  public Trajectory start(InnerStep step, InnerState state, NamedTensors meta, int steps) {
    return new RecordingTrajectory(
        step, state, meta, steps, 1, StepDerivative.META_BY_DUAL_NUMBERS);
  }
}
