package io.github.smartaug.meta;

import io.github.smartaug.tensor.Arena;
import java.util.Optional;

/** All that is needed to do a step again, if its start is held; else after the steps before it. */
final class Checkpoint implements AutoCloseable {
  private final InnerObjective objective;
  private final HyperparameterSource hyperparameters;
  private final Arena arena = new Arena();
  private Optional<InnerState> start = Optional.empty();

  Checkpoint(InnerObjective objective, HyperparameterSource hyperparameters) {
    this.objective = objective;
    this.hyperparameters = hyperparameters;
  }

  /** Holds the state at the start of the step. */
  void hold(InnerState state) {
    start = Optional.of(state.heldBy(arena));
  }

  /** The state at the start of the step, where it is held. */
  Optional<InnerState> start() {
    return start;
  }

  InnerObjective objective() {
    return objective;
  }

  HyperparameterSource hyperparameters() {
    return hyperparameters;
  }

  long stateBytes() {
    return start.map(InnerState::bytes).orElse(0L);
  }

  @Override
  public void close() {
    start = Optional.empty();
    arena.close();
  }
}
