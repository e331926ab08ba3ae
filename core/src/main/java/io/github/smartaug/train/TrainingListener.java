package io.github.smartaug.train;

/** Sees a training run: console, log, pictures. Called in the training thread, in order. */
public interface TrainingListener {
  /** Before the first step. */
  default void trainingStarted(TrainingPlan plan) {}

  /** After every inner step. */
  default void stepFinished(StepReport report) {}

  /** After every epoch. */
  default void epochFinished(EpochReport report) {}
}
