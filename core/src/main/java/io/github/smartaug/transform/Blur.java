package io.github.smartaug.transform;

import io.github.smartaug.tensor.TensorScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Gaussian blur; the value is its standard deviation in pixels.
 *
 * <p>The kernel {@code exp(-d^2 / (2 value^2))} is taken at whole distances d, over the whole width
 * and height, and sums to 1 over the pixels inside the image: nothing is mirrored or filled in at
 * the border. Each direction is one product with a matrix of weights per image, so every image may
 * have a deviation of its own and the derivative with respect to it is exact.
 *
 * <p>Value: pixels, at least 0; 0 changes nothing.
 */
public record Blur() implements Transform {
  /** Keeps 0 / 0 away where the deviation is 0; the kernel is then a single 1. */
  private static final double SMALLEST_TWICE_VARIANCE = 1e-12;

  @Override
  public Tensor apply(Tensor images, Tensor values) {
    Tensor deviations = PerImage.broadcast(values, images);
    try (TensorScope scope = TensorScope.open()) {
      Tensor twiceVariance =
          deviations.square().mul(new Scalar(2)).add(new Scalar(SMALLEST_TWICE_VARIANCE));
      Tensor alongRows = images.matmul(weights(images.size(3), twiceVariance).transpose(2, 3));
      return scope.keep(
          PixelRange.trimmed(weights(images.size(2), twiceVariance).matmul(alongRows)));
    }
  }

  /** The share of each pixel (column) in each result (row), [B,1,size,size]. */
  private static Tensor weights(long size, Tensor twiceVariance) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor place = torch.arange(new Scalar(size), twiceVariance.options());
      Tensor distance = place.view(-1, 1).sub(place.view(1, -1));
      return scope.keep(distance.square().neg().div(twiceVariance).softmax(3));
    }
  }

  @Override
  public ValueRange allowedValues() {
    return ValueRange.NOT_NEGATIVE;
  }

  @Override
  public ValueUnit unit() {
    return ValueUnit.PIXELS;
  }
}
