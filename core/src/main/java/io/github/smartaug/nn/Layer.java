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

  /**
   * Whether nothing but the caller needs the values of an output, no derivative of the layer
   * either: a layer that follows may write over them.
   */
  default boolean givesOutputAway() {
    return false;
  }

  /**
   * The same as {@link #forward}, to the same bits, of values that nobody needs any more: a layer
   * that works on each value by itself, and whose derivatives need its output alone, writes it over
   * its input, so that there is one tensor less to fill and to keep.
   *
   * @param input may be changed
   * @return a new handle, as of {@code forward}
   */
  default Tensor overwrite(Tensor input, ForwardPass pass) {
    return forward(input, pass);
  }

  /**
   * Whether the layer has a {@link #tangent}. A model all of whose layers have one gives the
   * hypergradient of a first inner step at two thirds of the cost.
   */
  default boolean isLinearizable() {
    return false;
  }

  /**
   * Derivative of the layer along a direction in the space of parameters and inputs, itself
   * differentiable once with respect to what the forward pass depended on.
   *
   * <p>For {@code f(x) = tanh(s x)}, with the parameter s:
   *
   * <pre>{@code
   * Tensor input = pass.values().input();
   * Tensor output = pass.values().output();
   * Tensor slope = output.square().neg().add(new Scalar(1.0));
   * Tensor own = slope.mul(input).mul(pass.direction("s"));
   * return TangentPass.sum(
   *     TangentPass.linear(inputTangent, t -> slope.mul(pass.parameter("s")).mul(t)), own);
   * }</pre>
   *
   * <p>A layer that is made of layers carries the tangent through each of them by {@link
   * TangentPass#apply}.
   *
   * @param inputTangent derivative of the input; undefined if zero
   * @param pass gives the layer's values in the forward pass, the parameters and the direction
   * @return derivative of the output; undefined if zero
   * @throws UnsupportedOperationException unless {@link #isLinearizable()}
   */
  default Tensor tangent(Tensor inputTangent, TangentPass pass) {
    throw new UnsupportedOperationException(this + " has no tangent");
  }

  /**
   * Multiplications that are added up in one forward pass, of matrix products and convolutions; of
   * a layer that is made of layers, 0, because each of these counts its own.
   */
  default long multiplyAdds(Tensor input, Tensor output) {
    return 0;
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
