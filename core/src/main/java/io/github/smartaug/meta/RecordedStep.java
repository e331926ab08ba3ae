package io.github.smartaug.meta;

import io.github.smartaug.tensor.Arena;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * An inner step that an adjoint can be pulled back through, {@code (theta, s)_{t+1} = U(theta_t,
 * s_t, g(theta_t, phi), phi)}. It has two parts:
 *
 * <ul>
 *   <li>the <b>update part</b>: the graph of U, from the step's start, the gradient and the meta
 *       parameters (as far as hyperparameters depend on them) to the new state. The adjoint at the
 *       gradient, v, comes out of it.
 *   <li>the <b>gradient part</b>: the derivative of {@code <v, g(theta, phi)> + <w, b(theta,
 *       phi)>}, which is added; w is the adjoint of the buffers b that the evaluation leaves
 *       behind. It is what is averaged over workers.
 * </ul>
 *
 * <p>Made by {@link SteppedTrajectory#record}. Holds native memory until it is closed.
 */
public final class RecordedStep implements AutoCloseable {
  private final Arena arena = new Arena();
  private final StepDerivative.Start from;
  private final List<Tensor> starts;
  private final InnerStep.Outcome result;
  private final List<Tensor> gradients;
  private final Optional<GradientPullback> gradientPart;

  /** Holds its arguments, and takes over the gradient part. */
  private RecordedStep(
      StepDerivative.Start from,
      List<Tensor> starts,
      InnerStep.Outcome result,
      List<Tensor> gradients,
      Optional<GradientPullback> gradientPart) {
    this.from = from;
    from.state().heldBy(arena);
    this.starts = starts;
    this.result = result;
    result.state().heldBy(arena);
    gradients.forEach(arena::hold);
    this.gradients = gradients;
    this.gradientPart = gradientPart;
  }

  /**
   * A step in two parts.
   *
   * @param starts leaves of both parts that an adjoint is asked for; empty in a first step
   * @param result of the update
   * @param gradients leaves of the update part
   * @param gradientPart to be closed with the step
   */
  static RecordedStep inTwoParts(
      StepDerivative.Start from,
      List<Tensor> starts,
      InnerStep.Outcome result,
      List<Tensor> gradients,
      GradientPullback gradientPart) {
    return new RecordedStep(from, starts, result, gradients, Optional.of(gradientPart));
  }

  /** A step whose gradient is part of the update's graph: what both parts give comes at once. */
  static RecordedStep inOneGraph(
      StepDerivative.Start from, List<Tensor> starts, InnerStep.Outcome result) {
    return new RecordedStep(from, starts, result, List.of(), Optional.empty());
  }

  /** The result of the step, which lives until the step is closed. */
  public InnerStep.Outcome result() {
    return result;
  }

  /** Size of the state at the start of the step; what its graph holds besides is not known. */
  public long stateBytes() {
    return from.state().bytes();
  }

  /**
   * Pulls an adjoint back through the step. Frees the graph, so it is possible once.
   *
   * @param adjoint derivative of the outer loss with respect to the end of the step
   * @return in the caller's scope
   */
  public Pullback pullBack(Adjoint adjoint) {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors metaLeaves = from.metaLeaves();
      List<Tensor> leaves = new ArrayList<>(starts);
      leaves.addAll(gradients);
      leaves.addAll(metaLeaves.tensors());
      List<Tensor> pulled =
          GradientPullback.pullBack(result.state().differentiable(), adjoint.tensors(), leaves);
      int meta = starts.size() + gradients.size();
      Pullback throughUpdate =
          new Pullback(
              new Adjoint(pulled.subList(0, starts.size())),
              metaLeaves.withTensors(pulled.subList(meta, pulled.size())));
      Pullback all =
          gradientPart
              .map(
                  part ->
                      throughUpdate.plus(
                          throughGradient(
                              part, pulled.subList(starts.size(), meta), ofBuffers(adjoint))))
              .orElse(throughUpdate);
      scope.keep(all.start().tensors());
      scope.keep(all.meta());
      return all;
    }
  }

  /** The part of an adjoint that belongs to the buffers at the end. */
  private NamedTensors ofBuffers(Adjoint adjoint) {
    NamedTensors statistics = result.state().statistics();
    int parameters = result.state().parameters().size();
    int end = parameters + statistics.size();
    return adjoint.tensors().size() < end
        ? NamedTensors.empty()
        : statistics.withTensors(adjoint.tensors().subList(parameters, end));
  }

  /** What the gradient part gives, of all workers. */
  private GradientPullback.Shares throughGradient(
      GradientPullback part, List<Tensor> direction, NamedTensors ofBuffers) {
    NamedTensors metaLeaves = from.metaLeaves();
    GradientPullback.Shares local =
        part.along(
            from.state().parameters().withTensors(direction).detach(),
            from.state().parameters().withTensors(gradients).detach(),
            ofBuffers,
            metaLeaves);
    WorkerAverage workers = from.step().workers();
    if (workers.workers() == 1) {
      return local;
    }
    int start = local.start().size();
    List<Tensor> shares = new ArrayList<>(local.start());
    shares.addAll(local.meta().tensors());
    List<Tensor> averages = workers.of(shares);
    return new GradientPullback.Shares(
        averages.subList(0, start),
        metaLeaves.withTensors(averages.subList(start, averages.size())));
  }

  @Override
  public void close() {
    gradientPart.ifPresent(GradientPullback::close);
    arena.close();
  }

  /**
   * Derivative of the outer loss with respect to a state.
   *
   * @param tensors one per parameter, in order, then one per buffer of floating-point numbers, then
   *     one per tensor of the optimizer's state; may end after the parameters or the buffers, when
   *     the rest is zero
   */
  public record Adjoint(List<Tensor> tensors) {}

  /**
   * Result of a pull-back.
   *
   * @param start adjoint of the step's start; empty for a step that was recorded without it
   * @param meta this step's share of the hypergradient
   */
  public record Pullback(Adjoint start, NamedTensors meta) {
    private Pullback plus(GradientPullback.Shares shares) {
      List<Tensor> sums = new ArrayList<>(start.tensors());
      for (int i = 0; i < shares.start().size(); i++) {
        sums.set(i, sums.get(i).add(shares.start().get(i)));
      }
      return new Pullback(new Adjoint(sums), meta.combine(shares.meta(), Tensor::add));
    }
  }
}
