package io.github.smartaug.meta;

import io.github.smartaug.tensor.NamedTensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** An inner step that an adjoint can be pulled back through. */
interface RecordedStep extends AutoCloseable {
  /**
   * Pulls an adjoint back through the step, once.
   *
   * @param adjoint derivative of the outer loss with respect to the end of the step
   * @return in the caller's scope
   */
  Pullback pullBack(Adjoint adjoint, NamedTensors metaLeaves);

  /** Size of the state at the start of the step; what its graph holds besides is not known. */
  long stateBytes();

  @Override
  void close();

  /**
   * Derivative of the outer loss with respect to a state.
   *
   * @param tensors aligned with {@link InnerState#differentiable()}; may end after the parameters,
   *     when the rest is zero
   */
  record Adjoint(List<Tensor> tensors) {}

  /**
   * Result of a pull-back.
   *
   * @param start adjoint of the step's start; empty for a first step, where nobody asks
   * @param meta this step's share of the hypergradient
   */
  record Pullback(Adjoint start, NamedTensors meta) {}
}
