package io.github.smartaug.meta;

import io.github.smartaug.tensor.NamedTensors;
import org.bytedeco.pytorch.Tensor;

/** A loss of a model without buffers; what it computes on the way is freed by its caller. */
@FunctionalInterface
public interface Loss {
  /**
   * Evaluates the loss.
   *
   * @param parameters of the model
   * @param metaParameters of the outer problem
   * @return without dimensions, differentiable with respect to both
   */
  Tensor evaluate(NamedTensors parameters, NamedTensors metaParameters);
}
