package io.github.smartaug.transform;

import org.bytedeco.pytorch.Tensor;

/**
 * Shears images about pixel (0, 0), as AutoAugment does; the value is the tangent of the angle.
 * Along {@link Axis#X}, row y moves right by {@code value * y} pixels; along {@link Axis#Y}, column
 * x moves down by {@code value * x}.
 *
 * @param axis the direction in which pixels move
 * @see <a href="https://arxiv.org/abs/1805.09501">AutoAugment</a>
 */
record Shear(Axis axis) implements AffineTransform {
  @Override
  public Tensor inverseMatrices(Tensor values, long height, long width) {
    double[] perTangent =
        axis == Axis.X ? new double[] {0, -1, 0, 0, 0, 0} : new double[] {0, 0, 0, -1, 0, 0};
    return LinearMatrices.of(values, perTangent);
  }
}
