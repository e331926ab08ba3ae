package io.github.smartaug.checkpoint;

/**
 * A state that can be taken apart and put together again.
 *
 * @param <S> the state's own type
 */
@FunctionalInterface
public interface Checkpointable<S> {
  /**
   * The same state with every part replaced: goes through all parts, each under its name. Among
   * them is {@link Checkpoint#PROGRESS}, a value with the numbers {@code epoch} and {@code steps}.
   */
  S map(StateMapping mapping);
}
