package io.github.smartaug.meta;

import io.github.smartaug.input.InputRange;
import io.github.smartaug.meta.RecordedStep.Adjoint;
import io.github.smartaug.meta.RecordedStep.Pullback;
import io.github.smartaug.tensor.Arena;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * A base for trajectories: holds the current state, counts steps, and adds what comes through the
 * steps to the derivative that the outer loss has itself. A new estimator writes three methods:
 *
 * <ul>
 *   <li>{@link #advance} does a step, by {@link #plain} or, if it is to be differentiated, by
 *       {@link #record};
 *   <li>{@link #pullBack} turns the adjoint at the end into the meta parameters' share, often by
 *       {@link #recursion};
 *   <li>{@link #forget} closes the steps that are still recorded.
 * </ul>
 */
public abstract class SteppedTrajectory implements Trajectory {
  private final InnerStep step;
  private final int steps;
  private final Arena metaArena = new Arena();
  private final NamedTensors metaLeaves;
  private final Arena currentArena = new Arena();
  private InnerState current;
  private int stepsDone;

  /** Begins at a state, as {@link HypergradientEstimator#start} does. */
  protected SteppedTrajectory(
      InnerStep step, InnerState start, NamedTensors metaParameters, int steps) {
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
   * @return with or without history, in the caller's scope or that of a recorded step
   */
  protected abstract InnerStep.Outcome advance(
      InnerObjective objective, HyperparameterSource hyperparameters);

  /**
   * The meta parameters' share of the hypergradient through the steps.
   *
   * @param end derivative of the outer loss with respect to the parameters at the end, then the
   *     buffers
   * @return in the caller's scope
   */
  protected abstract NamedTensors pullBack(Adjoint end);

  /** Frees all that was remembered of the steps. */
  protected abstract void forget();

  @Override
  public final StepReport step(InnerObjective objective, HyperparameterSource hyperparameters) {
    if (stepsDone == steps) {
      throw new IllegalStateException(
          "the trajectory was started for " + steps + " steps, and all are done");
    }
    try (TensorScope scope = TensorScope.open()) {
      InnerStep.Outcome result = advance(objective, hyperparameters);
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
      LossGradients outer = outerGradients(objective);
      int state = outer.gradients().size() - metaLeaves.size();
      NamedTensors throughSteps = pullBack(new Adjoint(outer.gradients().subList(0, state)));
      NamedTensors direct =
          metaLeaves.withTensors(outer.gradients().subList(state, outer.gradients().size()));
      return new Hypergradient(
          Tensors.item(outer.loss()), scope.keep(direct.combine(throughSteps, Tensor::add)));
    }
  }

  /**
   * The outer loss and its gradient by the parameters, by the buffers that have derivatives, then
   * by the meta parameters themselves.
   */
  private LossGradients outerGradients(OuterObjective objective) {
    Tensor loss = objective.evaluate(current.parameters(), current.buffers(), metaLeaves);
    List<Tensor> inputs = new ArrayList<>(current.parameters().tensors());
    inputs.addAll(current.statistics().tensors());
    inputs.addAll(metaLeaves.tensors());
    return LossGradients.ofOuter(loss, inputs).averaged(step.workers());
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

  /**
   * Does a step of ordinary training from {@link #current()}, which must not be needed later; the
   * result is in the caller's scope. The start of the trajectory stays as it is.
   */
  protected final InnerStep.Outcome plainFromCurrent(
      InnerObjective objective, HyperparameterSource hyperparameters) {
    if (stepsDone == 0) {
      return plain(current, objective, hyperparameters);
    }
    NamedTensors constants = metaLeaves.detach();
    return step.overwriting(current, objective, constants, hyperparameters.from(constants));
  }

  /** Does a step of ordinary training; the result is in the caller's scope. */
  protected final InnerStep.Outcome plain(
      InnerState from, InnerObjective objective, HyperparameterSource hyperparameters) {
    NamedTensors constants = metaLeaves.detach();
    return step.plain(from, objective, constants, hyperparameters.from(constants));
  }

  /**
   * Does a step that can be differentiated.
   *
   * @param from leaves, such as {@link #current()}
   * @return to be closed, by {@link #forget} at the latest
   */
  protected final RecordedStep record(
      InnerState from,
      InnerObjective objective,
      HyperparameterSource hyperparameters,
      StepDerivative derivative) {
    return derivative.record(
        new StepDerivative.Start(step, from, metaLeaves, hyperparameters.from(metaLeaves)),
        objective);
  }

  /**
   * Pulls an adjoint back through consecutive steps, and adds their shares of the hypergradient.
   *
   * @param end adjoint at the end of the last step
   * @param lastFirst the steps, the last one first; each is asked for when its turn comes, and
   *     closed when it has had it
   * @return in the caller's scope
   */
  protected final NamedTensors recursion(Adjoint end, Iterator<RecordedStep> lastFirst) {
    try (TensorScope scope = TensorScope.open()) {
      Adjoint adjoint = end;
      NamedTensors sum = LossGradients.zeros(metaLeaves);
      // One adjoint and one sum at a time, however many steps there are.
      Arena held = new Arena();
      try {
        while (lastFirst.hasNext()) {
          try (TensorScope stepScope = TensorScope.open();
              RecordedStep last = lastFirst.next()) {
            Pullback pullback = last.pullBack(adjoint);
            Arena next = new Arena();
            adjoint = pullback.start();
            adjoint.tensors().forEach(next::hold);
            sum = next.hold(sum.combine(pullback.meta(), Tensor::add));
            held.close();
            held = next;
          }
        }
        return scope.keep(sum.detach());
      } finally {
        held.close();
      }
    }
  }

  /** The present state, as leaves; it lives until the next step. */
  protected final InnerState current() {
    return current;
  }

  /** The workers that do the steps: averages derivatives that an estimator takes by itself. */
  protected final WorkerAverage workers() {
    return step.workers();
  }

  /** The meta parameters, as leaves. */
  protected final NamedTensors metaLeaves() {
    return metaLeaves;
  }

  /** Number of steps done so far. */
  protected final int stepsDone() {
    return stepsDone;
  }
}
