package io.github.smartaug.meta;

import io.github.smartaug.optim.GradientClipping;
import io.github.smartaug.tensor.Arena;
import io.github.smartaug.tensor.DualNumbers;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * How a direction v in the space of parameters is pulled back through the gradient of an inner
 * loss, {@code g(theta, phi)}, on this worker: the derivative of {@code <v, g>}.
 */
interface GradientPullback extends AutoCloseable {
  /**
   * Differentiates {@code <direction, g(theta, phi)>}, once.
   *
   * @param direction one tensor per parameter, constant
   * @return in the caller's scope
   */
  Shares along(NamedTensors direction, NamedTensors metaLeaves);

  @Override
  default void close() {}

  /**
   * Derivatives.
   *
   * @param parameters with respect to the parameters; empty where nobody asks for them
   * @param meta with respect to the meta parameters
   */
  record Shares(List<Tensor> parameters, NamedTensors meta) {
    static Shares ofMeta(NamedTensors meta) {
      return new Shares(List.of(), meta);
    }
  }

  /**
   * By the objective's own directional derivative, at the values of the forward pass that was made
   * for the step. The same number as by differentiating the gradient's graph (Pearlmutter, "Fast
   * exact multiplication by the Hessian", Neural Computation 1994), without the products that
   * autograd computes there and throws away.
   */
  record Linearized(InnerObjective.Linearized linearized) implements GradientPullback {
    @Override
    public Shares along(NamedTensors direction, NamedTensors metaLeaves) {
      try (TensorScope scope = TensorScope.open()) {
        Tensor along = linearized.along(direction);
        return Shares.ofMeta(scope.keep(LossGradients.ofScalar(along, metaLeaves)));
      }
    }

    @Override
    public void close() {
      linearized.close();
    }
  }

  /** By a second evaluation of the objective, on dual numbers, where the step began. */
  record ByDualNumbers(InnerObjective objective, InnerState start) implements GradientPullback {
    @Override
    public Shares along(NamedTensors direction, NamedTensors metaLeaves) {
      try (TensorScope scope = TensorScope.open()) {
        Tensor tangent =
            DualNumbers.derivativeAlong(
                direction,
                start.parameters().detach(),
                parameters -> objective.evaluate(parameters, start.buffers(), metaLeaves).loss());
        return Shares.ofMeta(scope.keep(LossGradients.ofScalar(tangent, metaLeaves)));
      }
    }
  }

  /** By another objective, which is evaluated where the step began. */
  record ByProbe(InnerObjective probe, InnerState start) implements GradientPullback {
    @Override
    public Shares along(NamedTensors direction, NamedTensors metaLeaves) {
      try (TensorScope scope = TensorScope.open()) {
        Optional<InnerObjective.Linearized> linearized =
            probe.linearize(start.parameters().detach(), start.buffers(), metaLeaves);
        if (linearized.isEmpty()) {
          return Shares.ofMeta(scope.keep(twice(direction, metaLeaves)));
        }
        try (InnerObjective.Linearized pass = linearized.get()) {
          Tensor along = pass.along(direction);
          return Shares.ofMeta(scope.keep(LossGradients.ofScalar(along, metaLeaves)));
        }
      }
    }

    /** By autograd's graph of the gradient. */
    private NamedTensors twice(NamedTensors direction, NamedTensors metaLeaves) {
      NamedTensors leaves = start.parameters().asLeaves();
      InnerObjective.Evaluation evaluation = probe.evaluate(leaves, start.buffers(), metaLeaves);
      LossGradients gradients = LossGradients.differentiable(evaluation, leaves);
      return metaLeaves.withTensors(
          pullBack(gradients.gradients(), direction.tensors(), metaLeaves.tensors()));
    }
  }

  /** By a central difference of the gradient with respect to the meta parameters. */
  record ByDifference(InnerObjective objective, InnerState start) implements GradientPullback {
    /** How far the parameters are moved, as an L2 norm: that of DARTS. */
    private static final double DISTANCE = 0.01;

    @Override
    public Shares along(NamedTensors direction, NamedTensors metaLeaves) {
      try (TensorScope scope = TensorScope.open()) {
        double norm = Tensors.item(GradientClipping.globalNorm(direction));
        if (norm == 0) {
          return Shares.ofMeta(scope.keep(LossGradients.zeros(metaLeaves)));
        }
        double epsilon = DISTANCE / norm;
        InnerObjective near =
            objective.withConstantsAt(start.parameters().detach(), start.buffers());
        NamedTensors ahead = gradientAt(near, epsilon, direction, metaLeaves);
        NamedTensors behind = gradientAt(near, -epsilon, direction, metaLeaves);
        Scalar width = new Scalar(2 * epsilon);
        return Shares.ofMeta(scope.keep(ahead.combine(behind, (a, b) -> a.sub(b).div(width))));
      }
    }

    /** The gradient with respect to the meta parameters, that far along the direction. */
    private NamedTensors gradientAt(
        InnerObjective near, double step, NamedTensors direction, NamedTensors metaLeaves) {
      try (TensorScope scope = TensorScope.open()) {
        NamedTensors moved =
            start
                .parameters()
                .detach()
                .combine(direction, (parameter, along) -> parameter.add(along, new Scalar(step)));
        Tensor loss = near.evaluate(moved, start.buffers(), metaLeaves).loss();
        return scope.keep(LossGradients.ofScalar(loss, metaLeaves));
      }
    }
  }

  /** By the graph of the gradient, which is held until it is closed. */
  final class ByAutograd implements GradientPullback {
    private final Arena arena = new Arena();
    private final List<Tensor> gradients;
    private final List<Tensor> parameters;

    /**
     * Holds the graph.
     *
     * @param gradients functions of parameters and meta parameters
     * @param parameters leaves that derivatives are asked for; none in a first step
     */
    ByAutograd(List<Tensor> gradients, List<Tensor> parameters) {
      gradients.forEach(arena::hold);
      parameters.forEach(arena::hold);
      this.gradients = gradients;
      this.parameters = parameters;
    }

    @Override
    public Shares along(NamedTensors direction, NamedTensors metaLeaves) {
      List<Tensor> inputs = new ArrayList<>(parameters);
      inputs.addAll(metaLeaves.tensors());
      List<Tensor> pulled = pullBack(gradients, direction.tensors(), inputs);
      return new Shares(
          pulled.subList(0, parameters.size()),
          metaLeaves.withTensors(pulled.subList(parameters.size(), pulled.size())));
    }

    @Override
    public void close() {
      arena.close();
    }
  }

  /** Vector-Jacobian product of outputs, some of which may be constant; frees their graph. */
  static List<Tensor> pullBack(List<Tensor> outputs, List<Tensor> cotangents, List<Tensor> inputs) {
    List<Tensor> functions = new ArrayList<>();
    List<Tensor> theirs = new ArrayList<>();
    for (int i = 0; i < cotangents.size(); i++) {
      // An output that depends on nothing, such as an unused slot, has no adjoint to pass on.
      if (outputs.get(i).requires_grad()) {
        functions.add(outputs.get(i));
        theirs.add(cotangents.get(i));
      }
    }
    return Tensors.vectorJacobianProduct(functions, inputs, theirs);
  }
}
