package io.github.smartaug.meta;

import io.github.smartaug.meta.RecordedStep.Adjoint;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;

/**
 * A trajectory of plain steps whose end is taken as stationary: there {@code d theta / d phi =
 * -H^-1 dg/dphi}, with g the gradient of the last inner loss, the optimizer's weight decay included
 * as in {@link io.github.smartaug.optim.DifferentiableOptimizer#gradientAtRest}, and H its
 * derivative with respect to the parameters. The hypergradient through the steps is {@code -d/dphi
 * <q, g>} with {@code q = H^-1 lambda}. Buffers are taken as constants.
 */
final class ImplicitTrajectory extends SteppedTrajectory {
  private final InnerStep step;
  private final InverseHessian inverse;
  private Last last;

  /** Approximates a product with the inverse of the inner loss' Hessian. */
  @FunctionalInterface
  interface InverseHessian {
    /**
     * Approximately {@code H^-1 vector}.
     *
     * @param point whose Hessian it is
     * @return in the caller's scope
     */
    NamedTensors times(NamedTensors vector, StationaryPoint point);
  }

  /** The last step's loss. */
  private record Last(InnerObjective objective, HyperparameterSource hyperparameters) {}

  ImplicitTrajectory(
      InnerStep step,
      InnerState start,
      NamedTensors metaParameters,
      int steps,
      InverseHessian inverse) {
    super(step, start, metaParameters, steps);
    this.step = step;
    this.inverse = inverse;
  }

  @Override
  protected InnerStep.Outcome advance(
      InnerObjective objective, HyperparameterSource hyperparameters) {
    last = new Last(objective, hyperparameters);
    return plainFromCurrent(objective, hyperparameters);
  }

  @Override
  protected NamedTensors pullBack(Adjoint end) {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors parameters = current().parameters();
      NamedTensors lambda = parameters.withTensors(end.tensors().subList(0, parameters.size()));
      StationaryPoint point =
          StationaryPoint.of(
              current(),
              last.objective(),
              metaLeaves(),
              last.hyperparameters().from(metaLeaves()),
              step);
      NamedTensors q = inverse.times(lambda, point);
      return scope.keep(point.mixedProduct(q).map(product -> product.neg()));
    }
  }

  /** Nothing of past steps: the last loss is evaluated at the current state. */
  @Override
  public Memory held() {
    return new Memory(0, 0);
  }

  @Override
  protected void forget() {
    last = null;
  }
}
