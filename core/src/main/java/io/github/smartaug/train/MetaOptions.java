package io.github.smartaug.train;

import io.github.smartaug.input.InputRange;
import io.github.smartaug.meta.HypergradientEstimator;
import io.github.smartaug.meta.MetaOptimizer;
import io.github.smartaug.meta.Unrolled;
import io.github.smartaug.optim.DifferentiableAdam;
import io.github.smartaug.optim.GradientClipping;
import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.tensor.Differentiation;
import io.github.smartaug.tensor.NamedTensors;
import java.util.function.UnaryOperator;

/**
 * The learning of the policy, and of hyperparameters: Adam on the hypergradient, after every few
 * inner steps.
 *
 * @param innerSteps inner steps per meta step, K, at least 1; the last cycle of an epoch may be
 *     shorter
 * @param estimator of the hypergradient
 * @param learningRate of Adam, at least 0
 * @param magnitudeRegularizer factor rho of the policy's penalty, at least 0: of {@link
 *     io.github.smartaug.augment.Augmenter#penalty}
 */
public record MetaOptions(
    int innerSteps,
    HypergradientEstimator estimator,
    double learningRate,
    double magnitudeRegularizer) {
  /** Checks the numbers. */
  public MetaOptions {
    InputRange.atLeast(1, "inner steps", innerSteps);
    InputRange.atLeast(0, "meta learning rate", learningRate);
    InputRange.atLeast(0, "magnitude regularizer", magnitudeRegularizer);
  }

  /** Unrolled, learning rate 0.01, regulariser 0.001. */
  public static MetaOptions defaults(int innerSteps) {
    return new MetaOptions(innerSteps, new Unrolled(), 0.01, 0.001);
  }

  /** How often autograd differentiates the model's loss, which the estimator knows. */
  public Differentiation differentiation() {
    return estimator.differentiation(innerSteps);
  }

  /**
   * The outer step.
   *
   * @param projection brings moved meta parameters back into their ranges
   */
  public MetaOptimizer optimizer(UnaryOperator<NamedTensors> projection) {
    DifferentiableAdam adam = new DifferentiableAdam();
    return new MetaOptimizer(
        adam,
        adam.defaults().with(Hyperparameters.LEARNING_RATE, learningRate),
        new GradientClipping(1),
        projection);
  }

  /** Begins with the {@link #defaults} with one inner step. */
  public static Builder builder() {
    return defaults(1).toBuilder();
  }

  /** Begins with these. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Makes {@link MetaOptions}: what is not given is as it was at the beginning. */
  public static final class Builder {
    private int innerSteps;
    private HypergradientEstimator estimator;
    private double learningRate;
    private double magnitudeRegularizer;

    private Builder(MetaOptions values) {
      innerSteps = values.innerSteps;
      estimator = values.estimator;
      learningRate = values.learningRate;
      magnitudeRegularizer = values.magnitudeRegularizer;
    }

    /** Inner steps per meta step, K, at least 1. Default: 1. */
    public Builder innerSteps(int value) {
      innerSteps = value;
      return this;
    }

    /** How the hypergradient is found. Default: {@link Unrolled}. */
    public Builder estimator(HypergradientEstimator value) {
      estimator = value;
      return this;
    }

    /** Learning rate of Adam on the hypergradient, at least 0. Default: 0.01. */
    public Builder learningRate(double value) {
      learningRate = value;
      return this;
    }

    /** Factor of the policy's penalty, at least 0. Default: 0.001. */
    public Builder magnitudeRegularizer(double value) {
      magnitudeRegularizer = value;
      return this;
    }

    /**
     * The result.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public MetaOptions build() {
      return new MetaOptions(innerSteps, estimator, learningRate, magnitudeRegularizer);
    }
  }
}
