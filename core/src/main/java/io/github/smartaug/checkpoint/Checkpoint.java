package io.github.smartaug.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smartaug.tensor.NamedTensors;

/**
 * The whole saved state of a run. A run that is resumed from it ends with exactly the same numbers
 * as one that was never interrupted. {@link CheckpointFolder} stores it on disk.
 */
public final class Checkpoint {
  /** Name of the part of a state that says how far the run has come. */
  public static final String PROGRESS = "progress";

  private final NamedTensors tensors;
  private final ObjectNode values;
  private final int epoch;
  private final int steps;

  Checkpoint(NamedTensors tensors, ObjectNode values) {
    this.tensors = tensors;
    this.values = values;
    this.epoch = StateReader.wholeNumber(values, PROGRESS, "epoch");
    this.steps = StateReader.wholeNumber(values, PROGRESS, "steps");
  }

  /** The state as tensors and JSON; the tensors are those of the state, not copies. */
  public static Checkpoint of(Checkpointable<?> state) {
    StateWriter writer = new StateWriter();
    state.map(writer);
    return writer.checkpoint();
  }

  /**
   * The state that was saved, in the caller's scope.
   *
   * @param like the initial state of the same run
   * @param <S> the state's type
   * @throws UnfitCheckpointException if it was saved with another model or policy
   */
  public <S> S restore(Checkpointable<S> like) {
    StateReader reader = new StateReader(tensors, values);
    S restored = like.map(reader);
    reader.requireAllRead();
    return restored;
  }

  /** The epoch in which the run continues, from 1; after the last epoch, one more than that. */
  public int epoch() {
    return epoch;
  }

  /** Number of inner steps that are already done in that epoch. */
  public int steps() {
    return steps;
  }

  NamedTensors tensors() {
    return tensors;
  }

  ObjectNode values() {
    return values;
  }
}
