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
 * @param magnitudeRegularizer factor rho of the magnitudes' penalty, at least 0
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

  /** The same with another number of inner steps. */
  public MetaOptions withInnerSteps(int steps) {
    return new MetaOptions(steps, estimator, learningRate, magnitudeRegularizer);
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
}
