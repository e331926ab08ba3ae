package io.github.smartaug.train;

import io.github.smartaug.meta.InnerState;
import io.github.smartaug.tensor.Arena;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * The exponential moving average of a model over its steps, {@code average = decay * average + (1 -
 * decay) * value}, which begins with the first step as PyTorch's {@code AveragedModel} does; Polyak
 * and Juditsky, "Acceleration of stochastic approximation by averaging", SIAM 1992. Running
 * statistics are averaged as parameters are; whole numbers are the latest.
 *
 * @param decay in (0,1)
 * @param parameters averaged
 * @param buffers averaged
 */
record MovingAverage(double decay, NamedTensors parameters, NamedTensors buffers) {
  /** The average after the first step: copies, as later steps may overwrite the parameters. */
  static MovingAverage begin(double decay, InnerState state) {
    return new MovingAverage(decay, state.parameters().copy(), state.buffers().copy());
  }

  /** The average after one more step, in the caller's scope. */
  MovingAverage after(InnerState state) {
    try (TensorScope scope = TensorScope.open()) {
      return new MovingAverage(
          decay,
          scope.keep(parameters.combine(state.parameters().detach(), this::mix)),
          scope.keep(buffers.combine(state.buffers().detach(), this::mix)));
    }
  }

  private Tensor mix(Tensor average, Tensor value) {
    return average.is_floating_point() ? average.lerp(value, new Scalar(1 - decay)) : value;
  }

  MovingAverage heldBy(Arena arena) {
    return new MovingAverage(decay, arena.hold(parameters), arena.hold(buffers));
  }
}
