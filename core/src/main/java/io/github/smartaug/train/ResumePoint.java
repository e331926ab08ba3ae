package io.github.smartaug.train;

import io.github.smartaug.checkpoint.Checkpoint;

/** A point of a run from which it could go on later. */
public final class ResumePoint {
  /** What has just happened. */
  public enum Occasion {
    /** The run begins, or goes on after a checkpoint. */
    START,
    /** A cycle of inner steps and a meta step is complete, or a step without meta step. */
    STEPS,
    /** An epoch is complete and evaluated. */
    EPOCH,
    /** The run was asked to stop. The point may lie a few steps back, at the end of a cycle. */
    INTERRUPTION
  }

  private final Occasion occasion;
  private final TrainingState state;

  ResumePoint(Occasion occasion, TrainingState state) {
    this.occasion = occasion;
    this.state = state;
  }

  /** What has just happened. */
  public Occasion occasion() {
    return occasion;
  }

  /** The state here; its tensors are the run's own, which replaces them in the next cycle. */
  public Checkpoint checkpoint() {
    return Checkpoint.of(state);
  }
}
