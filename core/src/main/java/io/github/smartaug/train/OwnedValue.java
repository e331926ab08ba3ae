package io.github.smartaug.train;

import io.github.smartaug.tensor.Arena;
import java.util.function.BiFunction;

/**
 * A value made of tensors that is replaced from time to time: the new one is held before the old
 * one is freed.
 *
 * @param <T> the value's type
 */
final class OwnedValue<T> implements AutoCloseable {
  private final BiFunction<T, Arena, T> hold;
  private Arena arena = new Arena();
  private T value;

  /**
   * Holds a first value.
   *
   * @param hold holds all tensors of a value in an arena and returns the value
   */
  OwnedValue(T first, BiFunction<T, Arena, T> hold) {
    this.hold = hold;
    this.value = hold.apply(first, arena);
  }

  T get() {
    return value;
  }

  void replace(T next) {
    Arena nextArena = new Arena();
    value = hold.apply(next, nextArena);
    arena.close();
    arena = nextArena;
  }

  @Override
  public void close() {
    arena.close();
  }
}
