package io.github.smartaug.meta;

import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.Locale;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** Whether a hypergradient counts how far the inner steps of a cycle went, or only where to. */
public enum StepLength {
  /** As it is: whatever makes the steps longer is useful while longer steps are. */
  FREE {
    @Override
    OuterObjective apply(OuterObjective objective, NamedTensors start) {
      return objective;
    }
  },

  /**
   * With the length of the way held. With the parameters theta_0 at the start of a cycle and {@code
   * u = theta_K - theta_0} it is the hypergradient of
   *
   * <pre>
   *   L(theta_0 + c u / |u|),   c = |u|, a constant
   * </pre>
   *
   * <p>so the adjoint of theta_K is the gradient of L less its part along u. That part says whether
   * steps should be longer, which is the learning rate's business. A policy that is given it
   * prefers images with large gradients, such as those of transforms that are stronger than any the
   * model will meet. Where a step of the best length along u would end, both hypergradients are the
   * same.
   *
   * <p>It has nothing to say about hyperparameters that only change how far steps go.
   */
  HELD {
    @Override
    OuterObjective apply(OuterObjective objective, NamedTensors start) {
      return (parameters, buffers, metaParameters) -> {
        try (TensorScope scope = TensorScope.open()) {
          NamedTensors held = holdLength(parameters, start);
          return scope.keep(objective.evaluate(held, buffers, metaParameters));
        }
      };
    }
  };

  /**
   * The outer objective of a cycle.
   *
   * @param start parameters before the first inner step; must live as long as the objective
   */
  abstract OuterObjective apply(OuterObjective objective, NamedTensors start);

  /** The name in files and on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The same parameters to the bit, whose derivative leaves out the way from the start. */
  private static NamedTensors holdLength(NamedTensors parameters, NamedTensors start) {
    NamedTensors way = parameters.combine(start.detach(), Tensor::sub);
    Tensor length =
        way.tensors().stream()
            .map(part -> part.square().sum())
            .reduce(Tensor::add)
            .orElseThrow()
            .sqrt();
    if (Tensors.item(length) == 0) {
      return parameters;
    }
    // 0, with the derivative of c / |u| at c = |u|.
    Tensor stretch = length.detach().div(length).sub(new Scalar(1));
    return parameters.combine(way.detach(), (value, part) -> value.add(part.mul(stretch)));
  }
}
