package io.github.smartaug.meta;

import io.github.smartaug.input.InputRange;
import io.github.smartaug.tensor.NamedTensors;

/**
 * The last J terms of the adjoint recursion of {@link Unrolled}: the history ends J steps back.
 *
 * <p>Shaban et al., "Truncated back-propagation for bilevel optimization", AISTATS 2019. J = 1 is
 * one-step lookahead at the end of every K steps.
 *
 * <p>Cost: 3 per step, and for each of the last J the pull-back of {@link Unrolled}; the others run
 * as plain training. Memory: J graphs of a step whatever K. Bias: the terms left out, which shrink
 * by the contraction of the inner steps; none if J is at least K.
 *
 * @param length number of last steps that are differentiated, J, at least 1
 */
public record Truncated(int length) implements HypergradientEstimator {
  /** Checks the length. */
  public Truncated {
    InputRange.atLeast(1, "truncation length", length);
  }

  @Override
  public Trajectory start(InnerStep step, InnerState state, NamedTensors meta, int steps) {
    return new RecordingTrajectory(step, state, meta, steps, length, StepDerivative.META);
  }

  @Override
  public int graphs(int steps) {
    return Math.min(steps, length);
  }

  @Override
  public int secondDerivatives(int steps) {
    return Math.min(steps, length);
  }
}
