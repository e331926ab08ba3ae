package io.github.smartaug.nn;

import io.github.smartaug.tensor.NamedTensors;
import java.util.Iterator;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;

/**
 * A pass that carries the derivative of every layer along a direction in the space of parameters,
 * at the values of a forward pass before it.
 *
 * <p>An undefined tensor stands for a tangent of zeros, as in libtorch.
 */
public final class TangentPass {
  private final NamedTensors parameters;
  private final NamedTensors direction;
  private final Iterator<Tape.Primal> primals;

  TangentPass(NamedTensors parameters, NamedTensors direction, Tape tape) {
    this.parameters = parameters;
    this.direction = direction;
    this.primals = tape.primals().iterator();
  }

  /** The parameter of that full name. */
  public Tensor parameter(String name) {
    return parameters.get(name);
  }

  /** The direction's part for the parameter of that full name. */
  public Tensor direction(String name) {
    return direction.get(name);
  }

  /** Values of the layer whose turn it is. Every layer takes its own once, but for containers. */
  Tape.Primal next() {
    return primals.next();
  }

  /** A linear function of a tangent: of zero, zero. */
  static Tensor linear(Tensor tangent, UnaryOperator<Tensor> function) {
    return tangent.defined() ? function.apply(tangent) : new Tensor();
  }

  /** The sum of a tangent that may be zero and one that is not. */
  static Tensor sum(Tensor perhapsZero, Tensor tangent) {
    return perhapsZero.defined() ? tangent.add(perhapsZero) : tangent;
  }
}
