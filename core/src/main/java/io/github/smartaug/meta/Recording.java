package io.github.smartaug.meta;

import io.github.smartaug.tensor.TensorScope;

/**
 * A recorded step, to be closed, and its numbers.
 *
 * @param step to pull an adjoint back through
 * @param result with the graph of its state
 */
record Recording(RecordedStep step, InnerStep.Result result) {
  /** Moves the result's tensors to the enclosing scope. */
  Recording keptBy(TensorScope scope) {
    result.state().keptBy(scope);
    return this;
  }
}
