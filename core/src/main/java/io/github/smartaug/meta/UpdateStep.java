package io.github.smartaug.meta;

import io.github.smartaug.tensor.Arena;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * A first step without second derivatives by autograd: the adjoint is pulled back through the
 * update to the gradient, v, and the step's share of the hypergradient is {@code d/dphi <v,
 * g(theta, phi)>}, besides what the meta parameters did to the update itself.
 */
final class UpdateStep implements RecordedStep {
  private final Arena arena = new Arena();
  private final MixedDerivative derivative;
  private final InnerState start;
  private final NamedTensors gradients;
  private final StepEnd end;

  /**
   * Takes over the derivative.
   *
   * @param derivative of the step's loss
   * @param start where the step began, which the derivative may refer to
   * @param gradients leaves of the update's graph
   * @param end what the update made of them
   */
  UpdateStep(MixedDerivative derivative, InnerState start, NamedTensors gradients, InnerState end) {
    this.derivative = derivative;
    this.start = start.heldBy(arena);
    this.gradients = arena.hold(gradients);
    this.end = new StepEnd(end.heldBy(arena));
  }

  @Override
  public Pullback pullBack(Adjoint adjoint, NamedTensors metaLeaves) {
    try (TensorScope scope = TensorScope.open()) {
      List<Tensor> leaves = new ArrayList<>(gradients.tensors());
      leaves.addAll(metaLeaves.tensors());
      List<Tensor> pulled = end.pullBack(adjoint, leaves);
      NamedTensors direction = gradients.withTensors(pulled.subList(0, gradients.size()));
      NamedTensors throughUpdate =
          metaLeaves.withTensors(pulled.subList(gradients.size(), pulled.size()));
      NamedTensors throughLoss = derivative.along(direction.detach(), metaLeaves);
      return new Pullback(
          new Adjoint(List.of()), scope.keep(throughUpdate.combine(throughLoss, Tensor::add)));
    }
  }

  @Override
  public long stateBytes() {
    return start.bytes();
  }

  @Override
  public void close() {
    derivative.close();
    arena.close();
  }
}
