package io.github.smartaug.meta;

import io.github.smartaug.meta.GraphStep.Target;
import io.github.smartaug.meta.RecordedStep.Adjoint;
import io.github.smartaug.meta.RecordedStep.Pullback;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.tensor.Arena;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.Scope;
import io.github.smartaug.tensor.Tensors;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/** A trajectory that keeps the graph of every step; see {@link Unrolled}. */
final class UnrolledTrajectory implements Trajectory {
  private final InnerStep step;
  private final Arena metaArena = new Arena();
  private final NamedTensors metaLeaves;
  private final Deque<RecordedStep> steps = new ArrayDeque<>();
  private final Arena currentArena = new Arena();
  private InnerState current;

  UnrolledTrajectory(InnerStep step, InnerState start, NamedTensors metaParameters) {
    this.step = step;
    try (Scope scope = Scope.open()) {
      this.metaLeaves = metaArena.hold(metaParameters.asLeaves());
      this.current = start.asLeaves().heldBy(currentArena);
    }
  }

  @Override
  public StepReport step(InnerObjective objective, HyperparameterSource hyperparameters) {
    try (Scope scope = Scope.open()) {
      InnerStep.Result result = record(objective, hyperparameters.from(metaLeaves));
      currentArena.close();
      current = result.state().asLeaves().heldBy(currentArena);
      return new StepReport(result.loss(), result.gradientNorm());
    }
  }

  private InnerStep.Result record(InnerObjective objective, Hyperparameters hyperparameters) {
    if (steps.isEmpty()) {
      Optional<InnerObjective.Linearized> linearized =
          objective.linearize(current.parameters(), current.buffers(), metaLeaves);
      if (linearized.isPresent()) {
        return recordLinearized(linearized.get(), hyperparameters);
      }
    }
    Target target = steps.isEmpty() ? Target.META_ONLY : Target.START;
    InnerStep.Result result = step.differentiable(current, objective, metaLeaves, hyperparameters);
    steps.addLast(new GraphStep(current, result.state(), target));
    return result;
  }

  private InnerStep.Result recordLinearized(
      InnerObjective.Linearized linearized, Hyperparameters hyperparameters) {
    InnerObjective.Evaluation evaluation = linearized.evaluation();
    NamedTensors gradients =
        Tensors.gradientsKeepingGraph(evaluation.loss(), current.parameters()).asLeaves();
    InnerStep.Result result = step.update(current.detach(), evaluation, gradients, hyperparameters);
    steps.addLast(new LinearizedStep(linearized, current, gradients, result.state()));
    return result;
  }

  @Override
  public InnerState state() {
    return current.detach();
  }

  @Override
  public Hypergradient hypergradient(OuterObjective objective) {
    try (Scope scope = Scope.open()) {
      Tensor loss = objective.evaluate(current.parameters(), current.buffers(), metaLeaves);
      NamedTensors gradients = Tensors.gradients(loss, current.parameters().with(metaLeaves));
      NamedTensors hypergradient = metaLeaves.map((name, leaf) -> gradients.get(name));
      Adjoint adjoint =
          new Adjoint(current.parameters().names().stream().map(gradients::get).toList());
      while (!steps.isEmpty()) {
        try (RecordedStep last = steps.removeLast()) {
          Pullback pullback = last.pullBack(adjoint, metaLeaves);
          hypergradient = hypergradient.combine(pullback.meta(), Tensor::add);
          adjoint = pullback.start();
        }
      }
      return new Hypergradient(Tensors.item(loss), scope.keep(hypergradient));
    }
  }

  @Override
  public void close() {
    steps.forEach(RecordedStep::close);
    steps.clear();
    currentArena.close();
    metaArena.close();
  }
}
