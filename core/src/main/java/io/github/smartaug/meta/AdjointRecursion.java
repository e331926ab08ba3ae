package io.github.smartaug.meta;

import io.github.smartaug.meta.RecordedStep.Adjoint;
import io.github.smartaug.meta.RecordedStep.Pullback;
import io.github.smartaug.tensor.Arena;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import org.bytedeco.pytorch.Tensor;

/** The adjoint and the sum of the steps' shares, last step first; holds one of each at a time. */
final class AdjointRecursion implements AutoCloseable {
  private final NamedTensors metaLeaves;
  private Arena arena = new Arena();
  private Adjoint adjoint;
  private NamedTensors sum;

  /** Begins at the end of the trajectory; the end's tensors must live until the first step. */
  AdjointRecursion(Adjoint end, NamedTensors metaLeaves) {
    this.metaLeaves = metaLeaves;
    this.adjoint = end;
    try (TensorScope scope = TensorScope.open()) {
      this.sum = arena.hold(MixedDerivative.zeros(metaLeaves));
    }
  }

  /** Goes back over one step. */
  void pullBack(RecordedStep step) {
    try (TensorScope scope = TensorScope.open()) {
      Pullback pullback = step.pullBack(adjoint, metaLeaves);
      Arena next = new Arena();
      pullback.start().tensors().forEach(next::hold);
      sum = next.hold(sum.combine(pullback.meta(), Tensor::add));
      adjoint = pullback.start();
      arena.close();
      arena = next;
    }
  }

  /** Handles of the sum, in the caller's scope. */
  NamedTensors sum() {
    return sum.detach();
  }

  @Override
  public void close() {
    arena.close();
  }
}
