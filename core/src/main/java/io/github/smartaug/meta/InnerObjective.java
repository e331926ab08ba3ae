package io.github.smartaug.meta;

import io.github.smartaug.tensor.NamedTensors;
import org.bytedeco.pytorch.Tensor;

/**
 * The loss of one inner step. It must be a function of its arguments alone: every random draw is
 * made before, so that evaluating it again gives the same bits.
 */
@FunctionalInterface
public interface InnerObjective {
  /**
   * Evaluates the loss.
   *
   * @param parameters of the model
   * @param buffers of the model
   * @param metaParameters of the outer problem
   * @return the loss, differentiable with respect to parameters and meta parameters
   */
  Evaluation evaluate(NamedTensors parameters, NamedTensors buffers, NamedTensors metaParameters);

  /**
   * A loss and what computing it left behind.
   *
   * @param loss without dimensions
   * @param buffers the buffers after this evaluation, without history
   */
  record Evaluation(Tensor loss, NamedTensors buffers) {}
}
