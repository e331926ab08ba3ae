package io.github.smartaug.meta;

import io.github.smartaug.tensor.NamedTensors;

/**
 * A way to compute the hypergradient: the derivative of an outer loss at the end of a few inner
 * steps with respect to meta parameters that shaped those steps.
 */
public sealed interface HypergradientEstimator permits Unrolled {
  /**
   * Starts a trajectory of inner steps.
   *
   * @param step the inner step
   * @param state where the trajectory starts; must live until it is closed, and is not changed
   * @param metaParameters values that all steps use; must live until the trajectory is closed
   */
  Trajectory start(InnerStep step, InnerState state, NamedTensors metaParameters);
}
