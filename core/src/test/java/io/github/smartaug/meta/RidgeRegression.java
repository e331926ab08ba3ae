package io.github.smartaug.meta;

import io.github.smartaug.optim.Hyperparameters;
import io.github.smartaug.optim.OptimizerState;
import io.github.smartaug.random.RandomStream;
import io.github.smartaug.tensor.NamedTensors;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Ridge regression in float64, {@code |X theta - y|^2 / 2 + lambda |theta|^2 / 2}, whose minimum
 * and hypergradient with respect to lambda are known in closed form.
 */
final class RidgeRegression {
  static final int FEATURES = 4;
  private static final int SAMPLES = 9;
  private static final double LAMBDA = 0.7;

  private final RandomStream random = RandomStream.seeded(3);
  private final Tensor inputs = uniform(SAMPLES, FEATURES);
  private final Tensor targets = uniform(SAMPLES, 1);
  private final Tensor validationInputs = uniform(SAMPLES, FEATURES);
  private final Tensor validationTargets = uniform(SAMPLES, 1);

  final NamedTensors lambda =
      NamedTensors.of(Hyperparameters.WEIGHT_DECAY, Tensors.of(new double[] {LAMBDA}));

  private Tensor uniform(int rows, int columns) {
    return Tensors.of(
        random.doubles((long) rows * columns).map(u -> 2 * u - 1).toArray(), rows, columns);
  }

  InnerState start() {
    NamedTensors theta = NamedTensors.of("theta", Tensors.of(new double[FEATURES], FEATURES, 1));
    return new InnerState(theta, OptimizerState.initial(), NamedTensors.empty());
  }

  /** The whole loss. */
  InnerObjective penalized() {
    return (parameters, buffers, meta) -> {
      try (TensorScope scope = TensorScope.open()) {
        Tensor penalty =
            parameters.get("theta").square().sum().mul(meta.get(Hyperparameters.WEIGHT_DECAY));
        Tensor loss = squares(inputs, targets, parameters).add(penalty);
        return new InnerObjective.Evaluation(scope.keep(loss.mul(new Scalar(0.5))), buffers);
      }
    };
  }

  /** The loss without its penalty, which is left to the optimizer's weight decay. */
  InnerObjective unpenalized() {
    return (parameters, buffers, meta) -> {
      try (TensorScope scope = TensorScope.open()) {
        Tensor loss = squares(inputs, targets, parameters).mul(new Scalar(0.5));
        return new InnerObjective.Evaluation(scope.keep(loss), buffers);
      }
    };
  }

  OuterObjective outer() {
    return (parameters, buffers, meta) -> squares(validationInputs, validationTargets, parameters);
  }

  private static Tensor squares(Tensor inputs, Tensor targets, NamedTensors parameters) {
    return inputs.matmul(parameters.get("theta")).sub(targets).square().sum();
  }

  /** {@code -(dL/dtheta)^T A^-1 theta*} with {@code A = X^T X + lambda I, theta* = A^-1 X^T y}. */
  double hypergradient() {
    Tensor transposed = inputs.t();
    Tensor hessian = transposed.matmul(inputs);
    for (int i = 0; i < FEATURES; i++) {
      hessian.select(0, i).select(0, i).add_(new Scalar(LAMBDA));
    }
    Tensor inverse = hessian.inverse();
    Tensor theta = inverse.matmul(transposed.matmul(targets));
    Tensor errors = validationInputs.matmul(theta).sub(validationTargets);
    Tensor outerGradient = validationInputs.t().matmul(errors).mul(new Scalar(2.0));
    return -Tensors.item(outerGradient.mul(inverse.matmul(theta)).sum());
  }
}
