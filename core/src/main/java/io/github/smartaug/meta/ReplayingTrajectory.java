package io.github.smartaug.meta;

import io.github.smartaug.meta.RecordedStep.Adjoint;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;

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

  @Override
  InnerStep.Result advance(InnerObjective objective, HyperparameterSource hyperparameters) {
    Checkpoint checkpoint = new Checkpoint(objective, hyperparameters);
    if (stepsDone() % spacing == 0) {
      checkpoint.hold(current());
    }
    checkpoints.add(checkpoint);
    return plain(current(), objective, hyperparameters);
  }

  @Override
  NamedTensors pullBack(Adjoint end) {
    try (AdjointRecursion recursion = new AdjointRecursion(end, metaLeaves())) {
      for (int t = checkpoints.size() - 1; t >= 0; t--) {
        restoreStart(t);
        try (Checkpoint last = checkpoints.remove(t);
            RecordedStep recorded = replay(last)) {
          recursion.pullBack(recorded);
        }
      }
      return recursion.sum();
    }
  }

  /** Computes the states from the last one held up to the start of step t. */
  private void restoreStart(int t) {
    int from = t;
    while (checkpoints.get(from).start().isEmpty()) {
      from--;
    }
    for (; from < t; from++) {
      try (TensorScope scope = TensorScope.open()) {
        Checkpoint checkpoint = checkpoints.get(from);
        InnerStep.Result result =
            plain(
                checkpoint.start().orElseThrow(),
                checkpoint.objective(),
                checkpoint.hyperparameters());
        checkpoints.get(from + 1).hold(result.state().asLeaves());
      }
    }
  }

  private RecordedStep replay(Checkpoint checkpoint) {
    try (TensorScope scope = TensorScope.open()) {
      StepStart start = startOfStep(checkpoint.start().orElseThrow(), checkpoint.hyperparameters());
      Recording recording =
          checkpoints.isEmpty()
              ? FirstStep.EXACT.record(start, checkpoint.objective())
              : start.record(checkpoint.objective(), GraphStep.Target.START);
      return recording.step();
    }
  }

  @Override
  public Memory held() {
    return new Memory(
        checkpoints.size(), checkpoints.stream().mapToLong(Checkpoint::stateBytes).sum());
  }

  @Override
  void forget() {
    checkpoints.forEach(Checkpoint::close);
    checkpoints.clear();
  }
}
