package io.github.smartaug.train;

/**
 * Sees a training run: console, log, checkpoints, pictures. Called in the training thread, in
 * order. An exception thrown here ends the run.
 */
public interface TrainingListener {
  /** Before the first step, or the first after a checkpoint. */
  default void trainingStarted(TrainingPlan plan) {}

  /** After every inner step. */
  default void stepFinished(StepReport report) {}

  /** After every meta step, also one that was left out; the state of the run holds it by then. */
  default void metaStepFinished(MetaStepReport report) {}

  /** After every epoch. */
  default void epochFinished(EpochReport report) {}

  /**
   * At every point from which the run could go on later: after {@link #trainingStarted}, after
   * every cycle of inner steps and a meta step, after {@link #epochFinished}, and when the run is
   * interrupted.
   *
   * @param point valid during the call
   */
  default void resumable(ResumePoint point) {}
}
