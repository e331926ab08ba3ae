package io.github.smartaug.optim;

import io.github.smartaug.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;

/** A function of four numbers to be minimised: {@code sum of a * x^2 + sin(x)}. */
final class OptimizerProblem {
  private static final double[] START = {1.5, -2, 0.3, 0.7};
  private static final double[] CURVATURE = {1, 2, 0.5, 3};

  private OptimizerProblem() {}

  static double[] start() {
    return START.clone();
  }

  static Tensor loss(Tensor x) {
    return x.square().mul(Tensors.constant(CURVATURE, x, 4)).sum().add(x.sin().sum());
  }

  /** The derivative of the loss, in plain numbers. */
  static double gradient(double x, int index) {
    return 2 * CURVATURE[index] * x + Math.cos(x);
  }
}
