package io.github.smartaug.checkpoint;

import io.github.smartaug.optim.OptimizerState;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.Arena;
import io.github.smartaug.tensor.NamedTensors;

/**
 * Goes through all that a state consists of, part by part: to hold it, to save it, to restore it.
 * Each method gets a part under its name, unique in the state, and returns what is to take its
 * place.
 */
public interface StateMapping {
  /** The mapping that holds all tensors of a state in an arena, and changes nothing. */
  static StateMapping holding(Arena arena) {
    return new StateHolder(arena);
  }

  /** Tensors whose names and shapes are fixed by the model or the policy. */
  NamedTensors tensors(String name, NamedTensors value);

  /** What an optimizer remembers of these parameters. */
  OptimizerState optimizer(String name, OptimizerState value, NamedTensors parameters);

  /** A random generator. */
  RandomStream random(String name, RandomStream value);

  /** Numbers, texts, and records of them. */
  <T> T value(String name, T value, Class<T> type);
}
