package io.github.smartaug.checkpoint;

/** A checkpoint was saved with another model or policy than the run that is to be resumed. */
public final class UnfitCheckpointException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  UnfitCheckpointException(String what) {
    super("the checkpoint is not one of this model and policy: " + what);
  }
}
