package io.github.smartaug.meta;

import io.github.smartaug.nn.Differentiation;
import io.github.smartaug.tensor.NamedTensors;

/**
 * The same number as {@link Unrolled} in the memory of one step: the steps run as plain training
 * and remember where they began; each one's graph is built again when its turn comes.
 *
 * <p>Griewank, "Achieving logarithmic growth of temporal and spatial complexity in reverse
 * automatic differentiation", Optimization Methods and Software 1992; Chen et al., "Training deep
 * nets with sublinear memory cost", 2016.
 *
 * <p>Cost: that of {@link Unrolled}, and every step is computed twice: 3 more per step. Memory: one
 * graph of a step, and K states (parameters, optimizer state, buffers) and batches. Bias: that of
 * {@link Unrolled}.
 */
public record Checkpointed() implements HypergradientEstimator {
  @Override
  public Trajectory start(InnerStep step, InnerState state, NamedTensors meta, int steps) {
    return new ReplayingTrajectory(step, state, meta, steps);
  }

  @Override
  public Differentiation differentiation(int steps) {
    return new Unrolled().differentiation(steps);
  }
}
