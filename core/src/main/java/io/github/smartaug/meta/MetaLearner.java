package io.github.smartaug.meta;

import io.github.smartaug.optim.DifferentiableOptimizer;
import io.github.smartaug.optim.OptimizerState;
import io.github.smartaug.tensor.Arena;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import java.util.List;
import java.util.Optional;

/**
 * Bilevel optimisation of anything: inner steps train parameters on losses that meta parameters
 * shape, and a meta step after every few of them moves the meta parameters.
 *
 * <pre>{@code
 * try (MetaLearner learner =
 *     MetaLearner.builder()
 *         .setInnerStep(new InnerStep(new DifferentiableSgd(), Optional.empty()))
 *         .setHyperparameters(sgd)
 *         .setParameters(weights)
 *         .setMetaParameters(NamedTensors.of("class weights", ones))
 *         .build()) {
 *   for (...) {
 *     learner.cycle(List.of(InnerObjective.of(trainingLoss)), OuterObjective.of(validationLoss));
 *   }
 * }
 * }</pre>
 *
 * <p>{@link #cycle} is {@link #begin}, some {@link #step}s and {@link #metaStep}, which can be
 * called by themselves. The learner owns its state; used in one thread.
 */
public final class MetaLearner implements AutoCloseable {
  private final InnerStep innerStep;
  private final HyperparameterSource hyperparameters;
  private final HypergradientEstimator estimator;
  private final MetaOptimizer metaOptimizer;
  private Arena stateArena = new Arena();
  private Arena metaArena = new Arena();
  private InnerState state;
  private NamedTensors metaParameters;
  private OptimizerState metaState = OptimizerState.initial();
  private Optional<Trajectory> trajectory = Optional.empty();

  MetaLearner(
      InnerStep innerStep,
      HyperparameterSource hyperparameters,
      HypergradientEstimator estimator,
      MetaOptimizer metaOptimizer,
      InnerState start,
      NamedTensors metaParameters) {
    this.innerStep = innerStep;
    this.hyperparameters = hyperparameters;
    this.estimator = estimator;
    this.metaOptimizer = metaOptimizer;
    this.state = start.heldBy(stateArena);
    this.metaParameters = metaArena.hold(metaParameters);
  }

  /** Begins a learner. */
  public static MetaLearnerBuilder builder() {
    return new MetaLearnerBuilder();
  }

  /**
   * Some inner steps and a meta step.
   *
   * @param inner the loss of each step; at least one
   * @param outer the loss that the meta parameters are to make small
   */
  public Report cycle(List<InnerObjective> inner, OuterObjective outer) {
    begin(inner.size());
    double innerLoss = Double.NaN;
    for (InnerObjective objective : inner) {
      innerLoss = step(objective).loss();
    }
    return new Report(innerLoss, metaStep(outer));
  }

  /**
   * Begins a trajectory of that many steps at the present state; what was remembered of steps
   * before is forgotten.
   */
  public void begin(int steps) {
    detach();
    trajectory = Optional.of(estimator.start(innerStep, state, metaParameters, steps));
  }

  /**
   * Does one inner step.
   *
   * @throws IllegalStateException before {@link #begin}, or if all announced steps are done
   */
  public Trajectory.StepReport step(InnerObjective objective) {
    return current().step(objective, hyperparameters);
  }

  /**
   * Moves the meta parameters by one step, and ends the trajectory.
   *
   * @return the outer loss before
   * @throws IllegalStateException before all announced steps are done
   */
  public double metaStep(OuterObjective outer) {
    try (TensorScope scope = TensorScope.open()) {
      Trajectory.Hypergradient hypergradient = current().hypergradient(outer);
      DifferentiableOptimizer.Update update =
          metaOptimizer.update(metaParameters, hypergradient.gradient(), metaState);
      detach();
      Arena next = new Arena();
      metaParameters = next.hold(update.parameters());
      metaState = update.state().map(next::hold);
      metaArena.close();
      metaArena = next;
      return hypergradient.outerLoss();
    }
  }

  /** Ends the trajectory: keeps the state, forgets its history. */
  public void detach() {
    if (trajectory.isPresent()) {
      try (TensorScope scope = TensorScope.open();
          Trajectory ended = trajectory.get()) {
        replaceState(ended.state());
        trajectory = Optional.empty();
      }
    }
  }

  /** Ends the trajectory and puts the parameters back to where another task begins. */
  public void restart(NamedTensors parameters) {
    detach();
    replaceState(new InnerState(parameters, OptimizerState.initial(), state.buffers()));
  }

  /** What is remembered of past steps at the moment. */
  public Trajectory.Memory held() {
    return trajectory.map(Trajectory::held).orElse(new Trajectory.Memory(0, 0));
  }

  /** The present state; its tensors live until the next call of another method. */
  public InnerState state() {
    return trajectory.map(Trajectory::state).orElse(state);
  }

  /** The present meta parameters; they live until the next meta step. */
  public NamedTensors metaParameters() {
    return metaParameters;
  }

  private Trajectory current() {
    return trajectory.orElseThrow(
        () -> new IllegalStateException("no trajectory was begun: call begin(steps) first"));
  }

  private void replaceState(InnerState next) {
    Arena arena = new Arena();
    state = next.heldBy(arena);
    stateArena.close();
    stateArena = arena;
  }

  @Override
  public void close() {
    trajectory.ifPresent(Trajectory::close);
    trajectory = Optional.empty();
    stateArena.close();
    metaArena.close();
  }

  /**
   * Numbers of a cycle.
   *
   * @param innerLoss of the last inner step
   * @param outerLoss before the meta step
   */
  public record Report(double innerLoss, double outerLoss) {}
}
