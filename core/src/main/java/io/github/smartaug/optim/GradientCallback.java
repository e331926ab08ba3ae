package io.github.smartaug.optim;

import io.github.smartaug.tensor.NamedTensors;

/**
 * Something done to the gradients between the loss and the optimizer: clipping, freezing a layer,
 * scaling, adding noise. Part of the step, so a hypergradient differentiates it too.
 */
@FunctionalInterface
public interface GradientCallback {
  /**
   * Changes gradients.
   *
   * @param gradients by the names of their parameters
   * @return new tensors of the same names and shapes, differentiable functions of the given ones,
   *     in the caller's scope
   */
  NamedTensors apply(NamedTensors gradients);
}
