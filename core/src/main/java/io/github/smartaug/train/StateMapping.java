package io.github.smartaug.train;

import io.github.smartaug.optim.OptimizerState;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.RandomStream;

/**
 * Goes through all that a {@link TrainingState} consists of, part by part: to hold it, to save it,
 * to restore it. Each method gets a part under its name, unique in the state, and returns what is
 * to take its place.
 */
interface StateMapping {
  /** Tensors whose names and shapes are fixed by the model or the policy. */
  NamedTensors tensors(String name, NamedTensors value);

  /** What an optimizer remembers of these parameters. */
  OptimizerState optimizer(String name, OptimizerState value, NamedTensors parameters);

  /** A random generator. */
  RandomStream random(String name, RandomStream value);

  /** Numbers, texts, and records of them. */
  <T> T value(String name, T value, Class<T> type);
}
