package io.github.smartaug.train;

import io.github.smartaug.augment.LearnablePolicy;
import io.github.smartaug.meta.HypergradientEstimator;
import io.github.smartaug.meta.MetaOptimizer;
import io.github.smartaug.meta.Unrolled;
import io.github.smartaug.nn.Differentiation;
import io.github.smartaug.optim.Adam;
import io.github.smartaug.optim.GradientClipping;
import io.github.smartaug.optim.Hyperparameters;

/**
 * The learning of the policy: Adam on the hypergradient, after every few inner steps.
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
    InnerOptions.requireRange("inner steps", innerSteps, 1, Integer.MAX_VALUE, "at least 1");
    InnerOptions.requireRange(
        "meta learning rate", learningRate, 0, Double.MAX_VALUE, "at least 0");
    InnerOptions.requireRange(
        "magnitude regularizer", magnitudeRegularizer, 0, Double.MAX_VALUE, "at least 0");
  }

  /** Unrolled, learning rate 0.01, regulariser 0.001. */
  public static MetaOptions defaults(int innerSteps) {
    return new MetaOptions(innerSteps, new Unrolled(), 0.01, 0.001);
  }

  /** The same with another number of inner steps. */
  public MetaOptions withInnerSteps(int steps) {
    return new MetaOptions(steps, estimator, learningRate, magnitudeRegularizer);
  }

  /**
   * How often the model's loss is differentiated: with one inner step the hypergradient needs no
   * second derivatives by autograd.
   */
  public Differentiation differentiation() {
    return innerSteps == 1 ? Differentiation.ONCE : Differentiation.TWICE;
  }

  /** The outer step for that policy. */
  public MetaOptimizer optimizer(LearnablePolicy policy) {
    Adam adam = new Adam();
    return new MetaOptimizer(
        adam,
        adam.defaults().with(Hyperparameters.LEARNING_RATE, learningRate),
        new GradientClipping(1),
        policy::project);
  }
}
