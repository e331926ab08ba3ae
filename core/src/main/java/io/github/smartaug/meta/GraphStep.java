package io.github.smartaug.meta;

import io.github.smartaug.tensor.Arena;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** A step with its whole graph: from leaves, to a state that is a function of them. */
final class GraphStep implements RecordedStep {
  private final Arena arena = new Arena();
  private final Target target;
  private final InnerState start;
  private final StepEnd end;

  /** What a pull-back differentiates with respect to, besides the meta parameters. */
  enum Target {
    /** The start of the step, for the steps before it. */
    START,
    /** Nothing: a first step needs no adjoint of its start, which spares much of the work. */
    META_ONLY
  }

  /**
   * Holds both states.
   *
   * @param start leaves of the graph
   * @param end what the step made of them
   */
  GraphStep(InnerState start, InnerState end, Target target) {
    this.start = start.heldBy(arena);
    this.end = new StepEnd(end.heldBy(arena));
    this.target = target;
  }

  @Override
  public Pullback pullBack(Adjoint adjoint, NamedTensors metaLeaves) {
    try (TensorScope scope = TensorScope.open()) {
      List<Tensor> starts = target == Target.START ? start.differentiable() : List.of();
      List<Tensor> leaves = new ArrayList<>(starts);
      leaves.addAll(metaLeaves.tensors());
      List<Tensor> gradients = end.pullBack(adjoint, leaves);
      gradients.forEach(scope::keep);
      return new Pullback(
          new Adjoint(gradients.subList(0, starts.size())),
          metaLeaves.withTensors(gradients.subList(starts.size(), gradients.size())));
    }
  }

  @Override
  public long stateBytes() {
    return start.bytes();
  }

  @Override
  public void close() {
    arena.close();
  }
}
