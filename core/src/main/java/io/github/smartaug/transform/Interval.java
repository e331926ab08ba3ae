package io.github.smartaug.transform;

import io.github.smartaug.tensor.TensorScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * An interval on one axis of every image, in pixels; pixel i reaches from i to i + 1.
 *
 * @param start [B]
 * @param end [B], not before the start
 */
record Interval(Tensor start, Tensor end) {
  /** The interval of that length around a centre. */
  static Interval around(Tensor centre, Tensor length) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor half = length.div(new Scalar(2));
      return new Interval(scope.keep(centre.sub(half)), scope.keep(centre.add(half)));
    }
  }

  /**
   * How much of each pixel is covered, 0 to 1.
   *
   * @return [B,size], differentiable in both ends
   */
  Tensor coverage(long size) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor pixels = torch.arange(new Scalar(size), start.options());
      Tensor last = torch.minimum(pixels.add(new Scalar(1)), end.view(-1, 1));
      Tensor first = torch.maximum(pixels, start.view(-1, 1));
      return scope.keep(last.sub(first).clamp_min(new Scalar(0)));
    }
  }

  /**
   * 1 for each pixel whose centre is inside, 0 for others.
   *
   * @return [B,size], without a gradient
   */
  Tensor centres(long size) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor centres = torch.arange(new Scalar(size), start.options()).add(new Scalar(0.5));
      Tensor inside = centres.ge(start.view(-1, 1)).logical_and(centres.lt(end.view(-1, 1)));
      return scope.keep(inside.to(start.scalar_type()));
    }
  }
}
