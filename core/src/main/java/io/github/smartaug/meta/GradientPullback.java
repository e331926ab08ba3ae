package io.github.smartaug.meta;

import io.github.smartaug.optim.GradientClipping;
import io.github.smartaug.tensor.Arena;
import io.github.smartaug.tensor.DualNumbers;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.SharedCasts;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * How a direction v in the space of parameters is pulled back through the gradient of an inner
 * loss, {@code g(theta, phi)}, on this worker, and an adjoint w of the buffers through what the
 * evaluation makes of them, {@code b(theta, phi)}: the derivative of {@code <v, g> + <w, b>}.
 */
interface GradientPullback extends AutoCloseable {
  /**
   * Differentiates {@code <direction, g(theta, phi)> + <ofBuffers, b(theta, phi)>}, once.
   *
   * @param direction one tensor per parameter, constant
   * @param gradient g of the step, of all workers, one tensor per parameter, constant
   * @param ofBuffers one tensor per buffer that has derivatives, constant
   * @return in the caller's scope
   */
  Shares along(
      NamedTensors direction,
      NamedTensors gradient,
      NamedTensors ofBuffers,
      NamedTensors metaLeaves);

  @Override
  default void close() {}

  /**
   * Derivatives.
   *
   * @param start with respect to the parameters, then the buffers that have derivatives; empty
   *     where nobody asks for them
   * @param meta with respect to the meta parameters
   */
  record Shares(List<Tensor> start, NamedTensors meta) {
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
    public Shares along(
        NamedTensors direction,
        NamedTensors gradient,
        NamedTensors ofBuffers,
        NamedTensors metaLeaves) {
      try (TensorScope scope = TensorScope.open()) {
        Tensor along = linearized.along(direction, ofBuffers);
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
    public Shares along(
        NamedTensors direction,
        NamedTensors gradient,
        NamedTensors ofBuffers,
        NamedTensors metaLeaves) {
      try (TensorScope scope = TensorScope.open()) {
        Tensor tangent =
            DualNumbers.derivativeAlong(
                direction,
                start.parameters().detach(),
                parameters -> dual(parameters, ofBuffers, metaLeaves));
        return Shares.ofMeta(scope.keep(LossGradients.ofScalar(tangent, metaLeaves)));
      }
    }

    /** A number whose tangent is the derivative of the loss, and the buffers' sum besides. */
    private Tensor dual(NamedTensors parameters, NamedTensors ofBuffers, NamedTensors metaLeaves) {
      InnerObjective.Evaluation evaluation =
          objective.evaluate(parameters, start.buffers(), metaLeaves);
      if (evaluation.buffers().having(Tensor::requires_grad).isEmpty()) {
        return evaluation.loss();
      }
      Tensor zero = Tensors.scalar(0, evaluation.loss());
      NamedTensors values = evaluation.buffers().map(DualNumbers::primal);
      return DualNumbers.plusTangent(
          evaluation.loss(),
          new InnerObjective.Evaluation(zero, values).plusBuffers(zero, ofBuffers));
    }
  }

  /**
   * By another objective, which is evaluated where the step began. Running statistics that it moves
   * are nobody's: their adjoint is left out.
   */
  record ByProbe(InnerObjective probe, InnerState start) implements GradientPullback {
    @Override
    public Shares along(
        NamedTensors direction,
        NamedTensors gradient,
        NamedTensors ofBuffers,
        NamedTensors metaLeaves) {
      try (TensorScope scope = TensorScope.open()) {
        Optional<InnerObjective.Linearized> linearized =
            probe.linearize(start.parameters(), start.buffers().detach(), metaLeaves);
        if (linearized.isEmpty()) {
          return Shares.ofMeta(scope.keep(twice(direction, metaLeaves)));
        }
        try (InnerObjective.Linearized pass = linearized.get()) {
          Tensor along = pass.along(direction, NamedTensors.empty());
          return Shares.ofMeta(scope.keep(LossGradients.ofScalar(along, metaLeaves)));
        }
      }
    }

    /** By autograd's graph of the gradient. */
    private NamedTensors twice(NamedTensors direction, NamedTensors metaLeaves) {
      NamedTensors leaves = start.parameters().asLeaves();
      InnerObjective.Evaluation evaluation =
          probe.evaluate(leaves, start.buffers().detach(), metaLeaves);
      LossGradients gradients = LossGradients.differentiable(evaluation, leaves);
      return metaLeaves.withTensors(
          pullBack(gradients.gradients(), direction.tensors(), metaLeaves.tensors()));
    }
  }

  /**
   * By the worth of alternatives that a share of the step is given, in place of the derivative of
   * {@code <v, g>}; see {@link Trial}. Running statistics that trials move are nobody's.
   */
  record ByTrial(Trials trials, double share, InnerState start) implements GradientPullback {
    @Override
    public Shares along(
        NamedTensors direction,
        NamedTensors gradient,
        NamedTensors ofBuffers,
        NamedTensors metaLeaves) {
      try (TensorScope scope = TensorScope.open();
          SharedCasts ofAllTrials = SharedCasts.open()) {
        NamedTensors leaves = start.parameters().asLeaves();
        Point point = new Point(leaves, direction, gradient, metaLeaves);
        Trials.Worth worth = worth(trials, IntStream.range(0, trials.count()).toArray(), point);
        trials.refinement().ifPresent(more -> refine(worth.asDrawn(), more, point));
        Tensor expected = trials.expectation(worth, metaLeaves);
        return Shares.ofMeta(scope.keep(LossGradients.ofScalar(expected, metaLeaves)));
      }
    }

    /** Takes into account what some are worth on other images. */
    private void refine(double[] asDrawn, Trials.Refinement more, Point point) {
      int[] again = more.alternatives();
      double[] found = worth(more.trials(), again, point).asDrawn();
      for (int i = 0; i < again.length; i++) {
        asDrawn[again[i]] += more.weight() * (found[i] - asDrawn[again[i]]);
      }
    }

    /** What these alternatives are worth, in that order. */
    private Trials.Worth worth(Trials tried, int[] alternatives, Point point) {
      try (TensorScope scope = TensorScope.open()) {
        NamedTensors leaves = point.leaves();
        Trials.Losses losses =
            tried.at(leaves, start.buffers().detach(), point.metaLeaves().detach());
        NamedTensors common =
            losses
                .common()
                .map(loss -> Tensors.gradients(loss, leaves))
                .orElseGet(() -> LossGradients.zeros(leaves));
        TrialStep step = new TrialStep(point.direction(), point.gradient(), common);
        List<TrialStep.Mixed> atEqualShares = new ArrayList<>();
        List<TrialStep.Mixed> asDrawn = new ArrayList<>();
        for (int a : alternatives) {
          try (TensorScope one = TensorScope.open()) {
            TrialStep.Alternative alternative =
                step.alternative(Tensors.gradients(losses.of(a), leaves));
            atEqualShares.add(step.with(alternative, share));
            asDrawn.add(step.with(alternative, Math.max(share, tried.drawnShare(a))));
          }
        }
        return new Trials.Worth(step.worth(atEqualShares), step.worthOfOwnLength(asDrawn));
      }
    }

    /**
     * What alternatives are tried at.
     *
     * @param leaves the parameters
     * @param direction v, the adjoint
     * @param gradient g, of the step
     * @param metaLeaves the meta parameters
     */
    private record Point(
        NamedTensors leaves,
        NamedTensors direction,
        NamedTensors gradient,
        NamedTensors metaLeaves) {}
  }

  /** By a central difference of the gradient with respect to the meta parameters. */
  record ByDifference(InnerObjective objective, InnerState start) implements GradientPullback {
    /** How far the parameters are moved, as an L2 norm: that of DARTS. */
    private static final double DISTANCE = 0.01;

    @Override
    public Shares along(
        NamedTensors direction,
        NamedTensors gradient,
        NamedTensors ofBuffers,
        NamedTensors metaLeaves) {
      try (TensorScope scope = TensorScope.open()) {
        double norm = Tensors.item(GradientClipping.globalNorm(direction));
        double epsilon = norm == 0 ? DISTANCE : DISTANCE / norm;
        InnerObjective near =
            objective.withConstantsAt(start.parameters().detach(), start.buffers());
        NamedTensors ahead = gradientAt(near, epsilon, direction, ofBuffers, metaLeaves);
        NamedTensors behind = gradientAt(near, -epsilon, direction, ofBuffers, metaLeaves);
        Scalar width = new Scalar(2 * epsilon);
        return Shares.ofMeta(scope.keep(ahead.combine(behind, (a, b) -> a.sub(b).div(width))));
      }
    }

    /** The gradient with respect to the meta parameters, that far along the direction. */
    private NamedTensors gradientAt(
        InnerObjective near,
        double step,
        NamedTensors direction,
        NamedTensors ofBuffers,
        NamedTensors metaLeaves) {
      try (TensorScope scope = TensorScope.open()) {
        NamedTensors moved =
            start
                .parameters()
                .detach()
                .combine(direction, (parameter, along) -> parameter.add(along, new Scalar(step)));
        InnerObjective.Evaluation evaluation = near.evaluate(moved, start.buffers(), metaLeaves);
        // A difference of losses is divided by twice the step; of buffers it is to be the mean.
        Scalar half = new Scalar(step);
        Tensor sum =
            evaluation.plusBuffers(
                evaluation.loss(), ofBuffers.map((Tensor adjoint) -> adjoint.mul(half)));
        return scope.keep(LossGradients.ofScalar(sum, metaLeaves));
      }
    }
  }

  /** By the graph of the gradient, which is held until it is closed. */
  final class ByAutograd implements GradientPullback {
    private final Arena arena = new Arena();
    private final LossGradients evaluated;
    private final List<Tensor> start;

    /**
     * Holds the graph.
     *
     * @param evaluated gradients and buffers as functions of parameters, buffers and meta
     *     parameters
     * @param start leaves that derivatives are asked for: parameters, then buffers; none in a first
     *     step
     */
    ByAutograd(LossGradients evaluated, List<Tensor> start) {
      evaluated.gradients().forEach(arena::hold);
      arena.hold(evaluated.buffers());
      start.forEach(arena::hold);
      this.evaluated = evaluated;
      this.start = start;
    }

    @Override
    public Shares along(
        NamedTensors direction,
        NamedTensors gradient,
        NamedTensors ofBuffers,
        NamedTensors metaLeaves) {
      List<Tensor> outputs = new ArrayList<>(evaluated.gradients());
      List<Tensor> cotangents = new ArrayList<>(direction.tensors());
      ofBuffers
          .asMap()
          .forEach(
              (name, adjoint) -> {
                outputs.add(evaluated.buffers().get(name));
                cotangents.add(adjoint);
              });
      List<Tensor> inputs = new ArrayList<>(start);
      inputs.addAll(metaLeaves.tensors());
      List<Tensor> pulled = pullBack(outputs, cotangents, inputs);
      return new Shares(
          pulled.subList(0, start.size()),
          metaLeaves.withTensors(pulled.subList(start.size(), pulled.size())));
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
