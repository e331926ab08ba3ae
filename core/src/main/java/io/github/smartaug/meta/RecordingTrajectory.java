package io.github.smartaug.meta;

import io.github.smartaug.meta.RecordedStep.Adjoint;
import io.github.smartaug.tensor.NamedTensors;
import java.util.ArrayDeque;
import java.util.Deque;

/** A trajectory that keeps the graphs of its last steps; those before run as plain training. */
final class RecordingTrajectory extends SteppedTrajectory {
  private final int plainSteps;
  private final FirstStep firstStep;
  private final Deque<RecordedStep> recorded = new ArrayDeque<>();

  /**
   * Starts.
   *
   * @param recordedSteps number of last steps to be differentiated; all if there are fewer
   */
  RecordingTrajectory(
      InnerStep step,
      InnerState start,
      NamedTensors metaParameters,
      int steps,
      int recordedSteps,
      FirstStep firstStep) {
    super(step, start, metaParameters, steps);
    this.plainSteps = Math.max(0, steps - recordedSteps);
    this.firstStep = firstStep;
  }

  @Override
  InnerStep.Result advance(InnerObjective objective, HyperparameterSource hyperparameters) {
    if (stepsDone() < plainSteps) {
      return plain(current(), objective, hyperparameters);
    }
    StepStart start = startOfStep(current(), hyperparameters);
    Recording recording =
        recorded.isEmpty()
            ? firstStep.record(start, objective)
            : start.record(objective, GraphStep.Target.START);
    recorded.addLast(recording.step());
    return recording.result();
  }

  @Override
  NamedTensors pullBack(Adjoint end) {
    try (AdjointRecursion recursion = new AdjointRecursion(end, metaLeaves())) {
      while (!recorded.isEmpty()) {
        try (RecordedStep last = recorded.removeLast()) {
          recursion.pullBack(last);
        }
      }
      return recursion.sum();
    }
  }

  @Override
  public Memory held() {
    return new Memory(recorded.size(), recorded.stream().mapToLong(RecordedStep::stateBytes).sum());
  }

  @Override
  void forget() {
    recorded.forEach(RecordedStep::close);
    recorded.clear();
  }
}
