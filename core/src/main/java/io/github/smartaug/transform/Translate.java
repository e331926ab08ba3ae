package io.github.smartaug.transform;

import org.bytedeco.pytorch.Tensor;

/**
 * Moves images by a number of pixels, to the right along {@link Axis#X}, down along {@link Axis#Y};
 * black comes in from the other side.
 *
 * @param axis the direction
 */
record Translate(Axis axis) implements AffineTransform {
  @Override
  public Tensor inverseMatrices(Tensor values, long height, long width) {
    double[] perPixel =
        axis == Axis.X ? new double[] {0, 0, -1, 0, 0, 0} : new double[] {0, 0, 0, 0, 0, -1};
    return LinearMatrices.of(values, perPixel);
  }
}
