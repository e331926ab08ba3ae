package io.github.smartaug.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.smartaug.tensor.NamedTensors;

/**
 * The whole state of a run, from which {@link JointTrainer#resumeFrom} goes on to the same bits as
 * if the run had never been interrupted. {@link CheckpointFolder} keeps it on disk.
 */
public final class Checkpoint {
  private final NamedTensors tensors;
  private final ObjectNode values;
  private final EpochProgress progress;

  Checkpoint(NamedTensors tensors, ObjectNode values) {
    this.tensors = tensors;
    this.values = values;
    this.progress = StateReader.progress(values);
  }

  /** The state as tensors and JSON; the tensors are those of the state, not copies. */
  static Checkpoint of(TrainingState state) {
    StateWriter writer = new StateWriter();
    state.map(writer);
    return writer.checkpoint();
  }

  /**
   * The state that was saved, in the caller's scope.
   *
   * @param like the initial state of the same run
   * @throws IllegalArgumentException if it is a state of another model or policy
   */
  TrainingState restore(TrainingState like) {
    StateReader reader = new StateReader(tensors, values);
    TrainingState restored = like.map(reader);
    reader.requireAllRead();
    return restored;
  }

  /** The epoch in which the run goes on, from 1; one more than there are after the last. */
  public int epoch() {
    return progress.epoch();
  }

  /** The inner steps that are done in that epoch. */
  public int steps() {
    return progress.steps();
  }

  NamedTensors tensors() {
    return tensors;
  }

  ObjectNode values() {
    return values;
  }
}
