package io.github.smartaug.meta;

import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.tensor.NamedTensors;

/**
 * A few inner steps, remembered as far as the estimator needs them.
 *
 * <p>Used in one thread: as many calls of {@link #step} as were announced, then at most one of
 * {@link #hypergradient}, then {@link #close}, which frees all that was remembered.
 */
public interface Trajectory extends AutoCloseable {
  /**
   * Does one inner step, whose hyperparameters may be learned.
   *
   * @param objective may be evaluated again later; what it refers to must live until the trajectory
   *     is closed
   * @throws IllegalStateException if all announced steps are done
   */
  StepReport step(InnerObjective objective, HyperparameterSource hyperparameters);

  /** Does one inner step with constant hyperparameters. */
  default StepReport step(InnerObjective objective, Hyperparameters hyperparameters) {
    return step(objective, HyperparameterSource.fixed(hyperparameters));
  }

  /**
   * The state after the last step, without history. Its tensors live until the trajectory is
   * closed; an arena of one's own holds them longer.
   */
  InnerState state();

  /**
   * The derivative of an outer loss at {@link #state()} with respect to the meta parameters.
   *
   * @return outer loss and gradient, in the caller's scope
   * @throws IllegalStateException before all announced steps are done
   */
  Hypergradient hypergradient(OuterObjective objective);

  /** What is remembered of past steps at the moment. */
  Memory held();

  @Override
  void close();

  /**
   * What a trajectory remembers besides its current state.
   *
   * @param steps number of past steps that can be differentiated
   * @param stateBytes size of the states that they started from; graphs, whose size libtorch does
   *     not tell, and the batches that objectives hold come on top
   */
  record Memory(int steps, long stateBytes) {}

  /**
   * Numbers of one inner step.
   *
   * @param loss before the update
   * @param gradientNorm global L2 norm before clipping
   */
  record StepReport(double loss, double gradientNorm) {}

  /**
   * A hypergradient.
   *
   * @param outerLoss value of the outer objective
   * @param gradient one tensor per meta parameter
   */
  record Hypergradient(double outerLoss, NamedTensors gradient) {}
}
