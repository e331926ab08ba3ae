package io.github.smartaug.meta;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import org.bytedeco.pytorch.Tensor;

/** The loss that the meta parameters are to make small, such as the validation loss. */
@FunctionalInterface
public interface OuterObjective {
  /**
   * Evaluates the loss.
   *
   * @param parameters of the model, at the end of the trajectory
   * @param buffers of the model, at the end of the trajectory; those of floating-point numbers
   *     require a gradient
   * @param metaParameters for terms that depend on them directly, such as a regulariser
   * @return without dimensions, differentiable with respect to parameters, buffers and meta
   *     parameters
   */
  Tensor evaluate(NamedTensors parameters, NamedTensors buffers, NamedTensors metaParameters);

  /** An objective of parameters alone: of a model without buffers. */
  static OuterObjective of(Loss loss) {
    return (parameters, buffers, metaParameters) -> {
      try (TensorScope scope = TensorScope.open()) {
        return scope.keep(loss.evaluate(parameters, metaParameters));
      }
    };
  }
}
