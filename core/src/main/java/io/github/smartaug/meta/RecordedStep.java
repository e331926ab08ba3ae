package io.github.smartaug.meta;

import io.github.smartaug.tensor.Arena;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.Scope;
import io.github.smartaug.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** One inner step with its graph: from leaves, to a state that is a function of them. */
final class RecordedStep implements AutoCloseable {
  private final Arena arena = new Arena();
  private final InnerState start;
  private final InnerState end;

  /**
   * Holds both states.
   *
   * @param start leaves of the graph
   * @param end what the step made of them
   */
  RecordedStep(InnerState start, InnerState end) {
    this.start = start.heldBy(arena);
    this.end = end.heldBy(arena);
  }

  /**
   * Pulls an adjoint back through the step, which frees the graph.
   *
   * @param adjoint derivative of the outer loss with respect to the end of the step
   * @param target what to differentiate with respect to besides the meta parameters
   * @return in the caller's scope
   */
  Pullback pullBack(Adjoint adjoint, NamedTensors metaLeaves, Target target) {
    try (Scope scope = Scope.open()) {
      List<Tensor> outputs = new ArrayList<>();
      List<Tensor> cotangents = new ArrayList<>();
      List<Tensor> ends = end.differentiable();
      for (int i = 0; i < adjoint.tensors().size(); i++) {
        // An output that depends on nothing, such as an unused slot, has no adjoint to pass on.
        if (ends.get(i).requires_grad()) {
          outputs.add(ends.get(i));
          cotangents.add(adjoint.tensors().get(i));
        }
      }
      List<Tensor> starts = target == Target.START ? start.differentiable() : List.of();
      List<Tensor> inputs = new ArrayList<>(starts);
      inputs.addAll(metaLeaves.tensors());
      List<Tensor> gradients = Tensors.vectorJacobianProduct(outputs, inputs, cotangents);
      gradients.forEach(scope::keep);
      return new Pullback(
          new Adjoint(gradients.subList(0, starts.size())),
          metaLeaves.withTensors(gradients.subList(starts.size(), gradients.size())));
    }
  }

  @Override
  public void close() {
    arena.close();
  }

  /** What a pull-back differentiates with respect to, besides the meta parameters. */
  enum Target {
    /** The start of the step, for the steps before it. */
    START,
    /** Nothing: the first step needs no adjoint, which spares much of its backward pass. */
    META_ONLY
  }

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
   * @param start adjoint of the step's start, empty for {@link Target#META_ONLY}
   * @param meta this step's share of the hypergradient
   */
  record Pullback(Adjoint start, NamedTensors meta) {}
}
