package io.github.smartaug.meta;

import io.github.smartaug.tensor.NamedTensors;

/**
 * Exact reverse-mode differentiation of the whole trajectory.
 *
 * <p>Every step keeps a graph of its own, in which its starting point is a leaf. The hypergradient
 * is the adjoint recursion
 *
 * <pre>
 *   lambda_K        = d L_outer / d (theta_K, s_K)
 *   lambda_t, h_t   = VJP of step t at lambda_{t+1}, with respect to (theta_t, s_t) and phi
 *   hypergradient   = sum of all h_t  +  d L_outer / d phi
 * </pre>
 *
 * <p>Maclaurin et al., "Gradient-based hyperparameter optimization through reversible learning",
 * ICML 2015; Franceschi et al., "Forward and reverse gradient-based hyperparameter optimization",
 * ICML 2017.
 *
 * <p>Cost: 3 per step and 6 more for its pull-back; 2 to 4 for that of the first step, whose
 * adjoint nobody asks for. Memory: K graphs of a step. Bias: none but that the history ends at the
 * start of the trajectory.
 */
public record Unrolled() implements HypergradientEstimator {
  @Override
  public Trajectory start(InnerStep step, InnerState state, NamedTensors meta, int steps) {
    return new RecordingTrajectory(step, state, meta, steps, steps, StepDerivative.META);
  }

  @Override
  public int graphs(int steps) {
    return steps;
  }

  @Override
  public int secondDerivatives(int steps) {
    return steps;
  }
}
