package io.github.smartaug.bench;

import io.github.smartaug.tensor.NamedTensors;

/** Plain training that goes on from step to step. */
interface TrainingLoop extends AutoCloseable {
  /**
   * Does one step.
   *
   * @return the loss before it
   */
  double step();

  /** The parameters now; they live until the next step. */
  NamedTensors parameters();

  /** Running statistics now; they live until the next step. */
  NamedTensors buffers();

  @Override
  void close();
}
