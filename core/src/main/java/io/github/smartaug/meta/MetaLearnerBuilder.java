package io.github.smartaug.meta;

import io.github.smartaug.optim.DifferentiableAdam;
import io.github.smartaug.optim.GradientClipping;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.optim.OptimizerState;
import io.github.smartaug.tensor.NamedTensors;
import java.util.function.UnaryOperator;

/** Makes a {@link MetaLearner}: every {@code set} is required, every {@code opt} has a default. */
public final class MetaLearnerBuilder {
  private InnerStep innerStep;
  private HyperparameterSource hyperparameters;
  private NamedTensors parameters;
  private NamedTensors metaParameters;
  private NamedTensors buffers = NamedTensors.empty();
  private HypergradientEstimator estimator = new Unrolled();
  private MetaOptimizer metaOptimizer = adam(0.01);

  MetaLearnerBuilder() {}

  /** The inner step: optimizer, callbacks, clipping. */
  public MetaLearnerBuilder setInnerStep(InnerStep step) {
    innerStep = step;
    return this;
  }

  /** The inner optimizer's hyperparameters, constant. */
  public MetaLearnerBuilder setHyperparameters(Hyperparameters constants) {
    return setHyperparameters(HyperparameterSource.fixed(constants));
  }

  /** The inner optimizer's hyperparameters, some of them learned. */
  public MetaLearnerBuilder setHyperparameters(HyperparameterSource source) {
    hyperparameters = source;
    return this;
  }

  /** What the inner steps train, at its start. */
  public MetaLearnerBuilder setParameters(NamedTensors start) {
    parameters = start;
    return this;
  }

  /** What the meta steps learn, at its start; of any names and shapes. */
  public MetaLearnerBuilder setMetaParameters(NamedTensors start) {
    metaParameters = start;
    return this;
  }

  /** Buffers of the model at their start. Default: none. */
  public MetaLearnerBuilder optBuffers(NamedTensors start) {
    buffers = start;
    return this;
  }

  /** How the hypergradient is computed. Default: {@link Unrolled}. */
  public MetaLearnerBuilder optEstimator(HypergradientEstimator chosen) {
    estimator = chosen;
    return this;
  }

  /** How the meta parameters are moved. Default: Adam at 0.01 on gradients clipped to norm 1. */
  public MetaLearnerBuilder optMetaOptimizer(MetaOptimizer optimizer) {
    metaOptimizer = optimizer;
    return this;
  }

  /** Adam at that learning rate, on gradients clipped to norm 1. */
  public MetaLearnerBuilder optMetaLearningRate(double rate) {
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
        innerStep,
        hyperparameters,
        estimator,
        metaOptimizer,
        new InnerState(parameters, OptimizerState.initial(), buffers),
        metaParameters);
  }

  private static void require(Object value, String method) {
    if (value == null) {
      throw new IllegalStateException("a meta learner needs " + method + "(...)");
    }
  }
}
