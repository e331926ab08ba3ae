package io.github.smartaug.meta;

import io.github.smartaug.tensor.Arena;

/** All that is needed to do a step again. */
final class Checkpoint implements AutoCloseable {
  private final Arena arena = new Arena();
  private final InnerState start;
  private final InnerObjective objective;
  private final HyperparameterSource hyperparameters;

  /** Holds the state. */
  Checkpoint(InnerState start, InnerObjective objective, HyperparameterSource hyperparameters) {
    this.start = start.heldBy(arena);
    this.objective = objective;
    this.hyperparameters = hyperparameters;
  }

  InnerState start() {
    return start;
  }

  InnerObjective objective() {
    return objective;
  }

  HyperparameterSource hyperparameters() {
    return hyperparameters;
  }

  @Override
  public void close() {
    arena.close();
  }
}
