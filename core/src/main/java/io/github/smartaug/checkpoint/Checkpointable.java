package io.github.smartaug.checkpoint;

/**
 * A state that can list its parts, so that they can be saved and restored one by one.
 *
 * @param <S> the state's own type
 */
@FunctionalInterface
public interface Checkpointable<S> {
  /**
   * Calls the mapping for every part of the state, under its name, and returns a state of the
   * results. One of the parts is {@link Checkpoint#PROGRESS}, a value with the numbers {@code
   * epoch} and {@code steps}.
   */
  S map(StateMapping mapping);
}
