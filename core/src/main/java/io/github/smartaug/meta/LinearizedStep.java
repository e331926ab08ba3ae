package io.github.smartaug.meta;

import io.github.smartaug.tensor.Arena;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.Scope;
import io.github.smartaug.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A first step without second derivatives: its share of the hypergradient is the derivative, with
 * respect to the meta parameters, of the loss' derivative along v, where v is the adjoint pulled
 * back through the update to the gradient: {@code d/dphi <v, g(theta, phi)>}. The same number as by
 * differentiating the gradient's graph (Pearlmutter, "Fast exact multiplication by the Hessian",
 * Neural Computation 1994), without the products that autograd computes there and throws away.
 */
final class LinearizedStep implements RecordedStep {
  private final Arena arena = new Arena();
  private final InnerObjective.Linearized linearized;
  private final NamedTensors gradients;
  private final StepEnd end;

  /**
   * Takes over the linearized objective.
   *
   * @param start where the step began, which the linearized objective refers to
   * @param gradients leaves of the update's graph
   * @param end what the update made of them
   */
  LinearizedStep(
      InnerObjective.Linearized linearized,
      InnerState start,
      NamedTensors gradients,
      InnerState end) {
    this.linearized = linearized;
    start.heldBy(arena);
    this.gradients = arena.hold(gradients);
    this.end = new StepEnd(end.heldBy(arena));
  }

  @Override
  public Pullback pullBack(Adjoint adjoint, NamedTensors metaLeaves) {
    try (Scope scope = Scope.open()) {
      List<Tensor> leaves = new ArrayList<>(gradients.tensors());
      leaves.addAll(metaLeaves.tensors());
      List<Tensor> pulled = end.pullBack(adjoint, leaves);
      NamedTensors direction = gradients.withTensors(pulled.subList(0, gradients.size()));
      NamedTensors throughUpdate =
          metaLeaves.withTensors(pulled.subList(gradients.size(), pulled.size()));
      Tensor along = linearized.along(direction.detach());
      NamedTensors throughLoss =
          along.requires_grad()
              ? Tensors.gradients(along, metaLeaves)
              : metaLeaves.map(leaf -> torch.zeros_like(leaf.detach()));
      return new Pullback(
          new Adjoint(List.of()), scope.keep(throughUpdate.combine(throughLoss, Tensor::add)));
    }
  }

  @Override
  public void close() {
    linearized.close();
    arena.close();
  }
}
