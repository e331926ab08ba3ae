package io.github.smartaug.meta;

import io.github.smartaug.tensor.NamedTensors;
import java.util.OptionalInt;

/**
 * A way to compute the hypergradient: the derivative of an outer loss at the end of K inner steps
 * with respect to meta parameters that shaped those steps.
 *
 * <p>An estimator of one's own is a class with a {@link SteppedTrajectory}.
 *
 * <p>Costs are counted in forward passes of the inner loss; its gradient costs 2 more. What the
 * outer loss costs is the same for all.
 */
public interface HypergradientEstimator {
  /**
   * Starts a trajectory of inner steps.
   *
   * @param step the inner step
   * @param state where the trajectory starts; must live until it is closed, and is not changed
   * @param metaParameters values that all steps use; must live until the trajectory is closed
   * @param steps number of inner steps that will be done, K, at least 1: estimators that look back
   *     over some of them only run the others as plain training
   */
  Trajectory start(InnerStep step, InnerState state, NamedTensors metaParameters, int steps);

  /** How many graphs of inner steps a trajectory of that many steps has in memory at a time. */
  default int graphs(int steps) {
    return 1;
  }

  /**
   * About how many second derivatives of an inner loss it takes after that many steps, on images
   * that are a step's own. Those of {@linkplain #probeImages probes} do not count. Tells what a run
   * spends its time with.
   */
  default int secondDerivatives(int steps) {
    return 1;
  }

  /**
   * How many images each worker's probe is to have, if the estimator asks objectives for {@link
   * InnerObjective#probe probes}.
   */
  default OptionalInt probeImages() {
    return OptionalInt.empty();
  }

  /**
   * How many images each worker's trials are to have, if the estimator asks objectives for {@link
   * InnerObjective#trials trials}.
   */
  default OptionalInt trialImages() {
    return OptionalInt.empty();
  }

  /**
   * On how many more images each worker's trials are to be {@linkplain Trials#refinement refined};
   * 0 for none.
   */
  default int refinementImages() {
    return 0;
  }

  /** Whether it holds the length of the step by itself, whatever {@link StepLength} is chosen. */
  default boolean holdsLength() {
    return false;
  }

  /**
   * Whether what comes through the inner steps is proportional to their learning rate, as far as
   * that is small, so that it fades with the rate in the course of a run.
   */
  default boolean fadesWithLearningRate() {
    return true;
  }
}
