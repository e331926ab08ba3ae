package io.github.smartaug.optim;

import io.github.smartaug.registry.Registered;

/** An optimizer with a name: an entry of {@link Optimizers}. */
public interface OptimizerType extends Registered {
  /** The optimizer, with the variant that its name stands for. */
  DifferentiableOptimizer create();
}
