package io.github.smartaug.meta;

import io.github.smartaug.meta.RecordedStep.Adjoint;
import io.github.smartaug.tensor.NamedTensors;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** A trajectory that keeps the graphs of its last steps; those before run as plain training. */
final class RecordingTrajectory extends SteppedTrajectory {
  private final int plainSteps;
  private final StepDerivative ofFirst;
  private final Deque<RecordedStep> recorded = new ArrayDeque<>();

  /**
   * Starts.
   *
   * @param recordedSteps number of last steps to be differentiated; all if there are fewer
   * @param ofFirst derivative of the first of these
   */
  RecordingTrajectory(
      InnerStep step,
      InnerState start,
      NamedTensors metaParameters,
      int steps,
      int recordedSteps,
      StepDerivative ofFirst) {
    super(step, start, metaParameters, steps);
    this.plainSteps = Math.max(0, steps - recordedSteps);
    this.ofFirst = ofFirst;
  }

  @Override
  protected InnerStep.Outcome advance(
      InnerObjective objective, HyperparameterSource hyperparameters) {
    if (stepsDone() < plainSteps) {
      return plainFromCurrent(objective, hyperparameters);
    }
    StepDerivative derivative = recorded.isEmpty() ? ofFirst : StepDerivative.START_AND_META;
    RecordedStep step = record(current(), objective, hyperparameters, derivative);
    recorded.addLast(step);
    return step.result();
  }

  @Override
  protected NamedTensors pullBack(Adjoint end) {
    return recursion(
        end,
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return !recorded.isEmpty();
          }

          @Override
          public RecordedStep next() {
            return recorded.removeLast();
          }
        });
  }

  @Override
  public Memory held() {
    return new Memory(recorded.size(), recorded.stream().mapToLong(RecordedStep::stateBytes).sum());
  }

  @Override
  protected void forget() {
    recorded.forEach(RecordedStep::close);
    recorded.clear();
  }
}
