package io.github.smartaug.meta;

import io.github.smartaug.input.InputRange;
import io.github.smartaug.meta.RecordedStep.Adjoint;
import io.github.smartaug.tensor.Arena;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import org.bytedeco.pytorch.Tensor;

/** What all trajectories do: they hold the current state, count steps, and add up at the end. */
abstract class SteppedTrajectory implements Trajectory {
  private final InnerStep step;
  private final int steps;
  private final Arena metaArena = new Arena();
  private final NamedTensors metaLeaves;
  private final Arena currentArena = new Arena();
  private InnerState current;
  private int stepsDone;

  SteppedTrajectory(InnerStep step, InnerState start, NamedTensors metaParameters, int steps) {
    this.step = step;
    InputRange.atLeast(1, "number of inner steps", steps);
    this.steps = steps;
    try (TensorScope scope = TensorScope.open()) {
      this.metaLeaves = metaArena.hold(metaParameters.asLeaves());
      this.current = start.asLeaves().heldBy(currentArena);
    }
  }

  /**
   * Does one step from {@link #current()}.
   *
   * @return with or without history, in the caller's scope
   */
  abstract InnerStep.Result advance(InnerObjective objective, HyperparameterSource hyperparameters);

  /**
   * The meta parameters' share of the hypergradient through the steps.
   *
   * @param end derivative of the outer loss with respect to the parameters at the end
   * @return in the caller's scope
   */
  abstract NamedTensors pullBack(Adjoint end);

  /** Frees all that was remembered of the steps. */
  abstract void forget();

  @Override
  public final StepReport step(InnerObjective objective, HyperparameterSource hyperparameters) {
    if (stepsDone == steps) {
      throw new IllegalStateException(
          "the trajectory was started for " + steps + " steps, and all are done");
    }
    try (TensorScope scope = TensorScope.open()) {
      InnerStep.Result result = advance(objective, hyperparameters);
      InnerState next = result.state().asLeaves();
      currentArena.close();
      current = next.heldBy(currentArena);
      stepsDone++;
      return new StepReport(result.loss(), result.gradientNorm());
    }
  }

  @Override
  public final Hypergradient hypergradient(OuterObjective objective) {
    if (stepsDone < steps) {
      throw new IllegalStateException(
          "the hypergradient was asked for after %d of %d steps".formatted(stepsDone, steps));
    }
    try (TensorScope scope = TensorScope.open()) {
      OuterGradient outer = OuterGradient.of(objective, current, metaLeaves);
      NamedTensors throughSteps = pullBack(outer.adjoint());
      return new Hypergradient(
          outer.loss(), scope.keep(outer.direct().combine(throughSteps, Tensor::add)));
    }
  }

  @Override
  public final InnerState state() {
    return current.detach();
  }

  @Override
  public final void close() {
    forget();
    currentArena.close();
    metaArena.close();
  }

  /** A step of ordinary training. */
  final InnerStep.Result plain(
      InnerState from, InnerObjective objective, HyperparameterSource hyperparameters) {
    NamedTensors constants = metaLeaves.detach();
    return step.plain(from, objective, constants, hyperparameters.from(constants));
  }

  /** What a step from that state begins with. */
  final StepStart startOfStep(InnerState leaves, HyperparameterSource hyperparameters) {
    return new StepStart(step, leaves, metaLeaves, hyperparameters.from(metaLeaves));
  }

  final InnerState current() {
    return current;
  }

  final NamedTensors metaLeaves() {
    return metaLeaves;
  }

  final int stepsDone() {
    return stepsDone;
  }
}
