package io.github.smartaug.train;

import java.util.List;

/**
 * The size of a run, and what is done of it already.
 *
 * @param epochs number of epochs
 * @param stepsPerEpoch inner steps in an epoch
 * @param parameters number of parameters of the model
 * @param finished the epochs done before, if the run goes on after a checkpoint
 * @param stepsDone in the epoch after these
 */
public record TrainingPlan(
    int epochs, int stepsPerEpoch, long parameters, List<EpochReport> finished, int stepsDone) {
  /** Copies the list. */
  public TrainingPlan {
    finished = List.copyOf(finished);
  }

  /** The plan of a run that begins. */
  public TrainingPlan(int epochs, int stepsPerEpoch, long parameters) {
    this(epochs, stepsPerEpoch, parameters, List.of(), 0);
  }

  /** Whether a part of the run is done already. */
  public boolean resumed() {
    return !finished.isEmpty() || stepsDone > 0;
  }
}
