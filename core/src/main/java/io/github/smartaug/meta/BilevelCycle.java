package io.github.smartaug.meta;

import io.github.smartaug.meta.Trajectory.Hypergradient;
import io.github.smartaug.meta.Trajectory.StepReport;
import io.github.smartaug.optim.DifferentiableOptimizer;
import io.github.smartaug.optim.GradientClipping;
import io.github.smartaug.optim.OptimizerState;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * The cycle of bilevel training: K inner steps, the hypergradient at their end, and, if its numbers
 * are finite, one step of the meta parameters.
 *
 * <p>A cycle changes nothing that it is given. Its results are new values, so one that is broken
 * off by an exception leaves no trace.
 *
 * @param step the inner step
 * @param hyperparameters of the inner step
 * @param estimator of the hypergradient
 * @param stepLength what the hypergradient counts of the way of the inner steps
 * @param metaOptimizer moves the meta parameters
 */
public record BilevelCycle(
    InnerStep step,
    HyperparameterSource hyperparameters,
    HypergradientEstimator estimator,
    StepLength stepLength,
    MetaOptimizer metaOptimizer) {
  /**
   * Where a cycle starts. Its tensors must live until the cycle is over.
   *
   * @param inner what the inner steps change
   * @param meta what the meta step changes
   */
  public record Start(InnerState inner, Meta meta) {}

  /**
   * What a meta step changes.
   *
   * @param parameters meta parameters
   * @param optimizer state of the optimizer that moves them
   */
  public record Meta(NamedTensors parameters, OptimizerState optimizer) {}

  /**
   * Outcome of a meta step.
   *
   * @param outerLoss before it
   * @param problem why the step was skipped; empty if it was done
   * @param hypergradient as the estimator gave it; empty if the step was skipped
   * @param after as it was before if the step was skipped
   */
  public record MetaStep(
      double outerLoss, Optional<String> problem, NamedTensors hypergradient, Meta after) {
    private void keptBy(TensorScope scope) {
      scope.keep(hypergradient);
      scope.keep(after.parameters());
      after.optimizer().map(scope::keep);
    }
  }

  /**
   * Outcome of a cycle.
   *
   * @param inner state after the inner steps, without history
   * @param lastStep numbers of the last inner step
   * @param metaStep result of the meta step
   */
  public record Outcome(InnerState inner, StepReport lastStep, MetaStep metaStep) {}

  /**
   * Does a whole cycle.
   *
   * @param steps number of inner steps, K, at least 1
   * @param objectives makes the loss of a step, counted from 0, when its turn comes
   * @param outer makes the outer loss, after the last step
   * @return in the caller's scope
   */
  public Outcome run(
      Start start,
      int steps,
      IntFunction<InnerObjective> objectives,
      Supplier<OuterObjective> outer,
      CycleObserver observer) {
    try (TensorScope scope = TensorScope.open();
        Running running = begin(start, steps)) {
      StepReport report = null;
      for (int t = 0; t < steps; t++) {
        InnerObjective objective = objectives.apply(t);
        report = observer.timed(CycleObserver.Activity.INNER_STEP, () -> running.step(objective));
        observer.stepDone(report, running);
      }
      MetaStep metaStep =
          observer.timed(CycleObserver.Activity.META_STEP, () -> running.metaStep(outer.get()));
      metaStep.keptBy(scope);
      return new Outcome(running.state().keptBy(scope), report, metaStep);
    }
  }

  private StepLength lengthOfOuter() {
    return estimator.holdsLength() ? StepLength.FREE : stepLength;
  }

  /** Begins a cycle whose steps the caller does one by one. */
  public Running begin(Start start, int steps) {
    return new Running(
        this, start, estimator.start(step, start.inner(), start.meta().parameters(), steps));
  }

  /** A cycle that has begun; to be closed. Used in one thread. */
  public static final class Running implements AutoCloseable {
    private final BilevelCycle cycle;
    private final Start start;
    private final Trajectory trajectory;
    private int stepsDone;

    private Running(BilevelCycle cycle, Start start, Trajectory trajectory) {
      this.cycle = cycle;
      this.start = start;
      this.trajectory = trajectory;
    }

    /**
     * Does one inner step.
     *
     * @param objective must live until the cycle is closed
     * @throws IllegalStateException if all announced steps are done
     */
    public StepReport step(InnerObjective objective) {
      StepReport report = trajectory.step(objective, cycle.hyperparameters());
      stepsDone++;
      return report;
    }

    /**
     * Does the meta step, or skips it if the outer loss or the hypergradient is not finite.
     *
     * @return in the caller's scope
     * @throws IllegalStateException before all announced steps are done
     */
    public MetaStep metaStep(OuterObjective outer) {
      try (TensorScope scope = TensorScope.open()) {
        Meta meta = start.meta();
        Hypergradient hypergradient =
            trajectory.hypergradient(
                cycle.lengthOfOuter().apply(outer, start.inner().parameters()));
        Optional<String> problem = problem(hypergradient);
        if (problem.isPresent()) {
          return new MetaStep(hypergradient.outerLoss(), problem, NamedTensors.empty(), meta);
        }
        DifferentiableOptimizer.Update update =
            cycle
                .metaOptimizer()
                .update(meta.parameters(), hypergradient.gradient(), meta.optimizer());
        MetaStep done =
            new MetaStep(
                hypergradient.outerLoss(),
                problem,
                hypergradient.gradient().detach(),
                new Meta(update.parameters(), update.state()));
        done.keptBy(scope);
        return done;
      }
    }

    /** Number of inner steps done so far. */
    public int stepsDone() {
      return stepsDone;
    }

    /** The state after the last step, without history; it lives until the next step. */
    public InnerState state() {
      return trajectory.state();
    }

    /** What is remembered of past steps at the moment. */
    public Trajectory.Memory held() {
      return trajectory.held();
    }

    @Override
    public void close() {
      trajectory.close();
    }
  }

  /** What is wrong with a hypergradient, if something is. */
  static Optional<String> problem(Hypergradient hypergradient) {
    if (!Double.isFinite(hypergradient.outerLoss())) {
      return Optional.of("the validation loss is " + hypergradient.outerLoss());
    }
    try (TensorScope scope = TensorScope.open()) {
      double norm = Tensors.item(GradientClipping.globalNorm(hypergradient.gradient()));
      return Double.isFinite(norm)
          ? Optional.empty()
          : Optional.of("the norm of the hypergradient is " + norm);
    }
  }
}
