package io.github.smartaug.meta;

import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.tensor.NamedTensors;

/**
 * The inner optimizer's hyperparameters as a function of the meta parameters, so that a learning
 * rate, a momentum or a weight decay can be learned as everything else is.
 */
@FunctionalInterface
public interface HyperparameterSource {
  /**
   * The hyperparameters of one step.
   *
   * @param metaParameters of the outer problem; leaves of the step's graph where it has one
   * @return values for all names that the optimizer reads, in the caller's scope
   */
  Hyperparameters from(NamedTensors metaParameters);

  /** The same values whatever the meta parameters are. */
  static HyperparameterSource fixed(Hyperparameters hyperparameters) {
    return metaParameters -> hyperparameters;
  }
}
