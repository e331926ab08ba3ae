package io.github.smartaug.optim;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** Second moments of gradients, which are zero where a parameter was never used. */
final class SecondMoment {
  /** The smallest normal float32: its root is far below any useful epsilon. */
  private static final double SMALLEST = Float.MIN_NORMAL;

  private SecondMoment() {}

  /**
   * The square root, whose derivative is taken as zero where the moment is zero (or below, by
   * rounding), so that no NaN enters a hypergradient.
   */
  static Tensor root(Tensor moment) {
    return moment.clamp_min(new Scalar(SMALLEST)).sqrt();
  }
}
