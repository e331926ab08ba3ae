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

  /**
   * Rejects parameters that are not finite, and NaN in buffers, which may hold infinity: a mask
   * does.
   */
  void requireNumbers() {
    parameters.with(frozen).asMap().forEach((name, tensor) -> require(name, tensor.isfinite()));
    buffers.asMap().forEach((name, tensor) -> require(name, tensor.isnan().logical_not()));
  }

  private static void require(String name, Tensor fine) {
    if (!fine.all().item_bool()) {
      throw new IllegalArgumentException(
          "tensor \"" + name + "\" holds NaN or infinity, allowed: finite numbers");
    }
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
