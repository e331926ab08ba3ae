package io.github.smartaug.meta;

import io.github.smartaug.optim.GradientClipping;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * By a central difference of the gradient with respect to the meta parameters.
 *
 * @param objective of the step
 * @param start where the step began
 */
record DifferenceQuotient(InnerObjective objective, InnerState start) implements MixedDerivative {
  /** How far the parameters are moved, as an L2 norm: that of DARTS. */
  private static final double DISTANCE = 0.01;

  @Override
  public NamedTensors along(NamedTensors direction, NamedTensors metaLeaves) {
    try (TensorScope scope = TensorScope.open()) {
      double norm = Tensors.item(GradientClipping.globalNorm(direction));
      if (norm == 0) {
        return scope.keep(MixedDerivative.zeros(metaLeaves));
      }
      double epsilon = DISTANCE / norm;
      NamedTensors ahead = gradientAt(epsilon, direction, metaLeaves);
      NamedTensors behind = gradientAt(-epsilon, direction, metaLeaves);
      Scalar width = new Scalar(2 * epsilon);
      return scope.keep(ahead.combine(behind, (a, b) -> a.sub(b).div(width)));
    }
  }

  /** The gradient with respect to the meta parameters, that far along the direction. */
  private NamedTensors gradientAt(double step, NamedTensors direction, NamedTensors metaLeaves) {
    try (TensorScope scope = TensorScope.open()) {
      NamedTensors moved =
          start
              .parameters()
              .detach()
              .combine(direction, (parameter, along) -> parameter.add(along, new Scalar(step)));
      Tensor loss = objective.evaluate(moved, start.buffers(), metaLeaves).loss();
      return scope.keep(MixedDerivative.gradients(loss, metaLeaves));
    }
  }
}
