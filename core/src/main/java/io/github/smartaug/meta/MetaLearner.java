package io.github.smartaug.meta;

import io.github.smartaug.optim.DifferentiableAdam;
import io.github.smartaug.optim.GradientClipping;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.optim.OptimizerState;
import io.github.smartaug.tensor.Arena;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

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
 * called by themselves: the parts of a {@link BilevelCycle}. The learner owns its state; used in
 * one thread.
 */
public final class MetaLearner implements AutoCloseable {
  private final BilevelCycle cycle;
  private Arena innerArena = new Arena();
  private Arena metaArena = new Arena();
  private InnerState inner;
  private BilevelCycle.Meta meta;
  private Optional<BilevelCycle.Running> running = Optional.empty();

  private MetaLearner(BilevelCycle cycle, InnerState start, NamedTensors metaParameters) {
    this.cycle = cycle;
    this.inner = start.heldBy(innerArena);
    this.meta = new BilevelCycle.Meta(metaArena.hold(metaParameters), OptimizerState.initial());
  }

  /** Begins a learner. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Some inner steps and a meta step. If one of them fails, all is as it was before.
   *
   * @param losses the loss of each step; at least one
   * @param outer the loss that the meta parameters are to make small
   */
  public Report cycle(List<InnerObjective> losses, OuterObjective outer) {
    detach();
    try (TensorScope scope = TensorScope.open()) {
      BilevelCycle.Outcome result =
          cycle.run(
              new BilevelCycle.Start(inner, meta),
              losses.size(),
              losses::get,
              () -> outer,
              CycleObserver.none());
      replaceInner(result.inner());
      return new Report(result.lastStep().loss(), replaceMeta(result.metaStep()));
    }
  }

  /**
   * Begins a trajectory of that many steps at the present state; what was remembered of steps
   * before is forgotten.
   */
  public void begin(int steps) {
    detach();
    running = Optional.of(cycle.begin(new BilevelCycle.Start(inner, meta), steps));
  }

  /**
   * Does one inner step.
   *
   * @throws IllegalStateException before {@link #begin}, or if all announced steps are done
   */
  public Trajectory.StepReport step(InnerObjective objective) {
    return current().step(objective);
  }

  /**
   * Moves the meta parameters by one step, unless its numbers are not finite, and ends the
   * trajectory.
   *
   * @throws IllegalStateException before all announced steps are done
   */
  public MetaReport metaStep(OuterObjective outer) {
    try (TensorScope scope = TensorScope.open()) {
      BilevelCycle.MetaStep step = current().metaStep(outer);
      detach();
      return replaceMeta(step);
    }
  }

  /** Ends the trajectory: keeps the state, forgets its history. */
  public void detach() {
    if (running.isPresent()) {
      try (TensorScope scope = TensorScope.open();
          BilevelCycle.Running ended = running.get()) {
        replaceInner(ended.state());
        running = Optional.empty();
      }
    }
  }

  /** Ends the trajectory and puts the parameters back to where another task begins. */
  public void restart(NamedTensors parameters) {
    detach();
    replaceInner(new InnerState(parameters, OptimizerState.initial(), inner.buffers()));
  }

  /** What is remembered of past steps at the moment. */
  public Trajectory.Memory held() {
    return running.map(BilevelCycle.Running::held).orElse(new Trajectory.Memory(0, 0));
  }

  /** The present state; its tensors live until the next call of another method. */
  public InnerState state() {
    return running.map(BilevelCycle.Running::state).orElse(inner);
  }

  /** The present meta parameters; they live until the next meta step. */
  public NamedTensors metaParameters() {
    return meta.parameters();
  }

  private BilevelCycle.Running current() {
    return running.orElseThrow(
        () -> new IllegalStateException("no trajectory was begun: call begin(steps) first"));
  }

  private void replaceInner(InnerState next) {
    Arena arena = new Arena();
    inner = next.heldBy(arena);
    innerArena.close();
    innerArena = arena;
  }

  private MetaReport replaceMeta(BilevelCycle.MetaStep step) {
    Arena arena = new Arena();
    meta =
        new BilevelCycle.Meta(
            arena.hold(step.after().parameters()), step.after().optimizer().map(arena::hold));
    metaArena.close();
    metaArena = arena;
    return new MetaReport(step.outerLoss(), step.problem());
  }

  @Override
  public void close() {
    running.ifPresent(BilevelCycle.Running::close);
    running = Optional.empty();
    innerArena.close();
    metaArena.close();
  }

  /**
   * Numbers of a meta step.
   *
   * @param outerLoss before it
   * @param problem why it was skipped: what is not finite; empty if it was done
   */
  public record MetaReport(double outerLoss, Optional<String> problem) {}

  /**
   * Numbers of a cycle.
   *
   * @param innerLoss of the last inner step
   * @param metaStep of the meta step
   */
  public record Report(double innerLoss, MetaReport metaStep) {
    /** The outer loss before the meta step. */
    public double outerLoss() {
      return metaStep.outerLoss();
    }
  }

  /** Makes a learner: every {@code set} is required, every {@code opt} has a default. */
  public static final class Builder {
    private InnerStep innerStep;
    private HyperparameterSource hyperparameters;
    private NamedTensors parameters;
    private NamedTensors metaParameters;
    private NamedTensors buffers = NamedTensors.empty();
    private HypergradientEstimator estimator = new Unrolled();
    private StepLength stepLength = StepLength.FREE;
    private MetaOptimizer metaOptimizer = adam(0.01);

    private Builder() {}

    /** The inner step: optimizer, callbacks, clipping. */
    public Builder setInnerStep(InnerStep step) {
      innerStep = step;
      return this;
    }

    /** The inner optimizer's hyperparameters, constant. */
    public Builder setHyperparameters(Hyperparameters constants) {
      return setHyperparameters(HyperparameterSource.fixed(constants));
    }

    /** The inner optimizer's hyperparameters, some of them learned. */
    public Builder setHyperparameters(HyperparameterSource source) {
      hyperparameters = source;
      return this;
    }

    /** What the inner steps train, at its start. */
    public Builder setParameters(NamedTensors start) {
      parameters = start;
      return this;
    }

    /** What the meta steps learn, at its start; of any names and shapes. */
    public Builder setMetaParameters(NamedTensors start) {
      metaParameters = start;
      return this;
    }

    /** Buffers of the model at their start. Default: none. */
    public Builder optBuffers(NamedTensors start) {
      buffers = start;
      return this;
    }

    /** How the hypergradient is computed. Default: {@link Unrolled}. */
    public Builder optEstimator(HypergradientEstimator chosen) {
      estimator = chosen;
      return this;
    }

    /** What the hypergradient counts of the way of the inner steps. Default: {@code FREE}. */
    public Builder optStepLength(StepLength chosen) {
      stepLength = chosen;
      return this;
    }

    /** How the meta parameters are moved. Default: Adam at 0.01 on gradients clipped to norm 1. */
    public Builder optMetaOptimizer(MetaOptimizer optimizer) {
      metaOptimizer = optimizer;
      return this;
    }

    /** Adam at that learning rate, on gradients clipped to norm 1. */
    public Builder optMetaLearningRate(double rate) {
      return optMetaOptimizer(adam(rate));
    }

    private static MetaOptimizer adam(double rate) {
      DifferentiableAdam adam = new DifferentiableAdam();
      return new MetaOptimizer(
          adam,
          adam.defaults().with(Hyperparameters.LEARNING_RATE, rate),
          new GradientClipping(1),
          UnaryOperator.identity());
    }

    /**
     * The learner, to be closed.
     *
     * @throws IllegalStateException if something required was not set
     */
    public MetaLearner build() {
      require(innerStep, "setInnerStep");
      require(hyperparameters, "setHyperparameters");
      require(parameters, "setParameters");
      require(metaParameters, "setMetaParameters");
      return new MetaLearner(
          new BilevelCycle(innerStep, hyperparameters, estimator, stepLength, metaOptimizer),
          new InnerState(parameters, OptimizerState.initial(), buffers),
          metaParameters);
    }

    private static void require(Object value, String method) {
      if (value == null) {
        throw new IllegalStateException("a meta learner needs " + method + "(...)");
      }
    }
  }
}
