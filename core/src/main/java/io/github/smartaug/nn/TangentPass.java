package io.github.smartaug.nn;

import io.github.smartaug.tensor.NamedTensors;
import java.util.Iterator;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;

/**
 * A pass that carries the derivative of every layer along a direction in the space of parameters,
 * at the values of a forward pass before it.
 *
 * <p>An undefined tensor stands for a tangent of zeros, as in libtorch: {@link #linear} and {@link
 * #sum} treat it so.
 */
public final class TangentPass {
  private final NamedTensors parameters;
  private final NamedTensors direction;
  private final Iterator<LayerValues> recorded;
  private LayerValues current;

  TangentPass(NamedTensors parameters, NamedTensors direction, Tape tape) {
    this.parameters = parameters;
    this.direction = direction;
    this.recorded = tape.values().iterator();
  }

  /**
   * Carries a tangent through a layer inside another one. A layer that is made of layers calls this
   * once for each time that its forward pass applied one, in the same order.
   *
   * @param inputTangent derivative of the layer's input; undefined if zero
   * @return derivative of its output; undefined if zero
   */
  public Tensor apply(Layer layer, Tensor inputTangent) {
    if (!recorded.hasNext()) {
      throw new IllegalStateException(
          layer + ": its tangent is asked for once more than the forward pass applied layers");
    }
    LayerValues outer = current;
    current = recorded.next();
    Tensor tangent = layer.tangent(inputTangent, this);
    current = outer;
    return tangent;
  }

  /** Checks that every layer of the forward pass had its turn. */
  void requireComplete() {
    if (recorded.hasNext()) {
      throw new IllegalStateException(
          "a layer's tangent leaves out layers that its forward pass applied, allowed: each of them"
              + " by TangentPass.apply, in the same order");
    }
  }

  /** What the layer computed in the forward pass. */
  public LayerValues values() {
    return current;
  }

  /**
   * The parameter of that full name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Tensor parameter(String name) {
    return parameters.get(name);
  }

  /**
   * The direction's part for the parameter of that full name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Tensor direction(String name) {
    return direction.get(name);
  }

  /** A linear function of a tangent: of zero, zero. */
  public static Tensor linear(Tensor tangent, UnaryOperator<Tensor> function) {
    return tangent.defined() ? function.apply(tangent) : new Tensor();
  }

  /** The sum of a tangent that may be zero and one that is not. */
  public static Tensor sum(Tensor perhapsZero, Tensor tangent) {
    return perhapsZero.defined() ? tangent.add(perhapsZero) : tangent;
  }
}
