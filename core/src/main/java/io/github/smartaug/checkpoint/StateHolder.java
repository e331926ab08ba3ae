package io.github.smartaug.checkpoint;

import io.github.smartaug.optim.OptimizerState;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.Arena;
import io.github.smartaug.tensor.NamedTensors;

/** Holds all tensors of a state in an arena; the state stays the same. */
record StateHolder(Arena arena) implements StateMapping {
  @Override
  public NamedTensors tensors(String name, NamedTensors value) {
    return arena.hold(value);
  }

  @Override
  public OptimizerState optimizer(String name, OptimizerState value, NamedTensors parameters) {
    return value.map(arena::hold);
  }

  @Override
  public RandomStream random(String name, RandomStream value) {
    return value;
  }

  @Override
  public <T> T value(String name, T value, Class<T> type) {
    return value;
  }
}
