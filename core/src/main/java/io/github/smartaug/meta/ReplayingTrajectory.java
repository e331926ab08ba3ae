package io.github.smartaug.meta;

import io.github.smartaug.meta.RecordedStep.Adjoint;
import io.github.smartaug.tensor.Arena;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * A trajectory of plain steps, each of which is done again, with its graph, to be differentiated.
 * Every few steps the state is held; those between are computed again when they are needed.
 */
final class ReplayingTrajectory extends SteppedTrajectory {
  private final int spacing;
  private final List<Checkpoint> checkpoints = new ArrayList<>();

  /**
   * Starts.
   *
   * @param spacing a state is held before every so many steps
   */
  ReplayingTrajectory(
      InnerStep step, InnerState start, NamedTensors metaParameters, int steps, int spacing) {
    super(step, start, metaParameters, steps);
    this.spacing = spacing;
  }

  /**
   * All that is needed to do a step again, if its start is held; else after the steps before it.
   */
  private static final class Checkpoint implements AutoCloseable {
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

    long stateBytes() {
      return start.map(InnerState::bytes).orElse(0L);
    }

    @Override
    public void close() {
      start = Optional.empty();
      arena.close();
    }
  }

  @Override
  protected InnerStep.Outcome advance(
      InnerObjective objective, HyperparameterSource hyperparameters) {
    Checkpoint checkpoint = new Checkpoint(objective, hyperparameters);
    if (stepsDone() % spacing == 0) {
      checkpoint.hold(current());
    }
    checkpoints.add(checkpoint);
    return plain(current(), objective, hyperparameters);
  }

  @Override
  protected NamedTensors pullBack(Adjoint end) {
    return recursion(
        end,
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return !checkpoints.isEmpty();
          }

          @Override
          public RecordedStep next() {
            return replayLast();
          }
        });
  }

  private RecordedStep replayLast() {
    int index = checkpoints.size() - 1;
    restoreStart(index);
    try (Checkpoint last = checkpoints.remove(index)) {
      return record(
          last.start.orElseThrow(),
          last.objective,
          last.hyperparameters,
          index == 0 ? StepDerivative.META : StepDerivative.START_AND_META);
    }
  }

  /** Computes the states from the last one held up to the start of a step. */
  private void restoreStart(int index) {
    int from = index;
    while (checkpoints.get(from).start.isEmpty()) {
      from--;
    }
    for (; from < index; from++) {
      try (TensorScope scope = TensorScope.open()) {
        Checkpoint checkpoint = checkpoints.get(from);
        InnerStep.Outcome result =
            plain(checkpoint.start.orElseThrow(), checkpoint.objective, checkpoint.hyperparameters);
        checkpoints.get(from + 1).hold(result.state().asLeaves());
      }
    }
  }

  @Override
  public Memory held() {
    return new Memory(
        checkpoints.size(), checkpoints.stream().mapToLong(Checkpoint::stateBytes).sum());
  }

  @Override
  protected void forget() {
    checkpoints.forEach(Checkpoint::close);
    checkpoints.clear();
  }
}
