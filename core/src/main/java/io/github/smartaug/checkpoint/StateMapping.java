package io.github.smartaug.checkpoint;

import io.github.smartaug.optim.OptimizerState;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.Arena;
import io.github.smartaug.tensor.NamedTensors;

/**
 * What to do with each part of a state: hold its tensors, save it, or restore it. Each method gets
 * a part and its name, which is unique in the state, and returns the part that replaces it.
 */
public interface StateMapping {
  /** A mapping that holds all tensors of a state in an arena; the state stays the same. */
  static StateMapping holding(Arena arena) {
    return new StateHolder(arena);
  }

  /** Tensors whose names and shapes are fixed by the model or the policy. */
  NamedTensors tensors(String name, NamedTensors value);

  /** The state of an optimizer for these parameters. */
  OptimizerState optimizer(String name, OptimizerState value, NamedTensors parameters);

  /** A random generator. */
  RandomStream random(String name, RandomStream value);

  /** Numbers, texts, and records of them. */
  <T> T value(String name, T value, Class<T> type);
}
