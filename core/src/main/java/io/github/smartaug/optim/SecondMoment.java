package io.github.smartaug.optim;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** Second moments of gradients. They are zero for parameters that have never had a gradient. */
final class SecondMoment {
  /** The smallest normal float32: its root is far below any useful epsilon. */
  private static final double SMALLEST = Float.MIN_NORMAL;

  private SecondMoment() {}

  /**
   * The square root. Where the moment is zero, or negative by rounding, its derivative is zero;
   * otherwise NaN would enter the hypergradient.
   */
  static Tensor root(Tensor moment) {
    return moment.clamp_min(new Scalar(SMALLEST)).sqrt();
  }

  /** {@link #root} to the same bits without history, a new tensor. */
  static Tensor constantRoot(Tensor moment) {
    return moment.clamp_min(new Scalar(SMALLEST)).sqrt_();
  }
}
