package io.github.smartaug.nn;

import io.github.smartaug.tensor.NamedTensors;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;

/**
 * One step of a network: a function of its input and of named parameters, without tensors of its
 * own.
 *
 * <p>A layer with parameters or buffers is constructed with its full name, such as {@code
 * layer1.0.conv1}, and names its tensors by it ({@code layer1.0.conv1.weight}). Layers of the same
 * name share their tensors.
 */
@FunctionalInterface
public interface Layer {
  /**
   * Applies the layer; differentiable twice.
   *
   * @param input not changed
   * @param pass gives the parameters and the buffers
   * @return a new handle, never that of the input or of a parameter: the caller closes it
   */
  Tensor forward(Tensor input, ForwardPass pass);

  /** Whether the layer has a {@link #tangent}. */
  default boolean isLinearizable() {
    return false;
  }

  /**
   * Derivative of the layer along a direction in the space of parameters and inputs, itself
   * differentiable once with respect to what the forward pass depended on.
   *
   * @param inputTangent derivative of the input; undefined if zero
   * @param pass gives the layer's values in the forward pass, the parameters and the direction
   * @return derivative of the output; undefined if zero
   * @throws UnsupportedOperationException unless {@link #isLinearizable()}
   */
  default Tensor tangent(Tensor inputTangent, TangentPass pass) {
    throw new UnsupportedOperationException(this + " has no tangent");
  }

  /** Fresh parameters (float32, CPU) in the order of PyTorch's state dictionary. */
  default NamedTensors initialParameters(RandomGenerator random) {
    return NamedTensors.empty();
  }

  /** Buffers before the first training step (CPU) in the order of PyTorch's state dictionary. */
  default NamedTensors initialBuffers() {
    return NamedTensors.empty();
  }
}
