package io.github.smartaug.nn;

import io.github.smartaug.tensor.NamedTensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The tensors of a scripted module by what they are for.
 *
 * @param parameters to be trained
 * @param frozen parameters that have no gradient
 * @param buffers all other tensors
 */
record ScriptWeights(NamedTensors parameters, NamedTensors frozen, NamedTensors buffers) {
  /** All tensors. */
  NamedTensors all() {
    return parameters.with(frozen).with(buffers);
  }

  /** Copies as {@link Model} has them before the first step: float32, on the CPU. */
  ScriptWeights asInitial() {
    return new ScriptWeights(initial(parameters), initial(frozen), initial(buffers));
  }

  private static NamedTensors initial(NamedTensors tensors) {
    return tensors.map(
        (Tensor tensor) -> {
          Tensor copy = tensor.detach().cpu().clone();
          return copy.is_floating_point() ? copy.to(ScalarType.Float) : copy;
        });
  }
}
