package io.github.smartaug.optim;

/** An optimizer of other people's making, which minimises {@link OptimizerProblem} in float64. */
@FunctionalInterface
interface ReferenceOptimizer {
  /** One step; returns the parameters after it. */
  double[] step();
}
