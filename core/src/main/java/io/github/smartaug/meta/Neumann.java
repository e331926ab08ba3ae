package io.github.smartaug.meta;

import io.github.smartaug.input.InputRange;
import io.github.smartaug.optim.Hyperparameter;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import org.bytedeco.pytorch.Tensor;

/**
 * Implicit differentiation at the end of a long inner run, with the inverse Hessian of the last
 * inner loss as a Neumann series of J + 1 terms:
 *
 * <pre>
 *   hypergradient = d L_outer / d phi  -  d/dphi &lt;q, g(theta_K, phi)&gt;
 *   q             = alpha * sum over j = 0..J of (I - alpha H)^j lambda_K
 * </pre>
 *
 * <p>Lorraine et al., "Optimizing millions of hyperparameters by implicit differentiation", AISTATS
 * 2020. alpha is the inner learning rate, for which the series converges where SGD does. g and H
 * include the optimizer's weight decay; clipping and momentum do not move a stationary point.
 *
 * <p>Cost: 3 per step; once 3 for g, then 6 for each of the J products with H, and 6 for the last
 * derivative. Memory: one graph of a step whatever K. Bias: as far as theta_K is not stationary for
 * the loss of the last batch, and the series' rest, {@code (I - alpha H)^(J+1)}. Learning rates and
 * momentum get no gradient.
 *
 * @param terms number of products with the Hessian, J, at least 1
 */
public record Neumann(int terms) implements HypergradientEstimator {
  /** Checks the number of terms. */
  public Neumann {
    InputRange.atLeast(1, "number of Neumann terms", terms);
  }

  @Override
  public Trajectory start(InnerStep step, InnerState state, NamedTensors meta, int steps) {
    return new ImplicitTrajectory(step, state, meta, steps, this::inverseTimes);
  }

  /** One product per term, and one with the meta parameters. */
  @Override
  public int secondDerivatives(int steps) {
    return terms + 1;
  }

  private NamedTensors inverseTimes(NamedTensors vector, StationaryPoint point) {
    Hyperparameter alpha = point.learningRate();
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors term = vector;
      NamedTensors sum = vector;
      for (int j = 0; j < terms; j++) {
        try (TensorScope termScope = TensorScope.open()) {
          NamedTensors product = point.hessianProduct(term);
          term = termScope.keep(term.combine(product, alpha::subtractFrom).detach());
          sum = termScope.keep(sum.combine(term, Tensor::add));
        }
      }
      return scope.keep(sum.map(alpha::times).detach());
    }
  }
}
