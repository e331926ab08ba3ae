package io.github.smartaug.meta;

import io.github.smartaug.tensor.NamedTensors;

/**
 * The same number as {@link Unrolled} in the memory of one step: the steps run as plain training
 * and remember where they began; each one's graph is built again when its turn comes.
 *
 * <p>Griewank, "Achieving logarithmic growth of temporal and spatial complexity in reverse
 * automatic differentiation", Optimization Methods and Software 1992; Chen et al., "Training deep
 * nets with sublinear memory cost", 2016.
 *
 * <p>Cost: that of {@link Unrolled}, and 3 more per step, because every step is computed twice;
 * with K above 8 most are computed three times. Memory: one graph of a step, K batches, and at most
 * 8 states (parameters, optimizer state, buffers), or {@code 2 sqrt(K)} if that is more: from some
 * states on, those between are computed again. Bias: that of {@link Unrolled}.
 */
public record Checkpointed() implements HypergradientEstimator {
  private static final int MOST_STATES = 8;

  @Override
  public Trajectory start(InnerStep step, InnerState state, NamedTensors meta, int steps) {
    return new ReplayingTrajectory(step, state, meta, steps, spacing(steps));
  }

  @Override
  public int secondDerivatives(int steps) {
    return steps;
  }

  /** The smallest spacing of states with which no more than allowed are held at a time. */
  private static int spacing(int steps) {
    int allowed = Math.max(MOST_STATES, (int) (2 * Math.sqrt(steps)));
    int spacing = 1;
    while (statesHeld(steps, spacing) > allowed) {
      spacing++;
    }
    return spacing;
  }

  /** Those held during the steps, and those computed again in the stretch between two of them. */
  private static int statesHeld(int steps, int spacing) {
    return (steps + spacing - 1) / spacing + spacing - 1;
  }
}
