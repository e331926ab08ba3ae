package io.github.smartaug.transform;

import io.github.smartaug.tensor.Scope;
import io.github.smartaug.tensor.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * An inverse affine matrix as a function of a value v in closed form: {@code constant + v * linear
 * + cos(v) * cosine + sin(v) * sine}, v in degrees under cosine and sine.
 *
 * <p>All transforms that move pixels are of this form, so the matrices of a whole batch under
 * different transforms are computed together.
 *
 * @param constant coefficients of 1, two rows of three
 * @param linear coefficients of v
 * @param cosine coefficients of cos(v)
 * @param sine coefficients of sin(v)
 */
@SuppressWarnings("ArrayRecordComponent") // read only, never compared
record AffineCoefficients(double[] constant, double[] linear, double[] cosine, double[] sine) {
  private static final int ENTRIES = 6;
  private static final double[] ZERO = new double[ENTRIES];
  private static final double[] IDENTITY = {1, 0, 0, 0, 1, 0};

  /** A matrix that does not depend on the value. */
  static AffineCoefficients constant(double... matrix) {
    return new AffineCoefficients(matrix, ZERO, ZERO, ZERO);
  }

  /** {@code identity + v * direction}. */
  static AffineCoefficients linear(double... direction) {
    return new AffineCoefficients(IDENTITY, direction, ZERO, ZERO);
  }

  /** {@code constant + cos(v) * cosine + sin(v) * sine}. */
  static AffineCoefficients trigonometric(double[] constant, double[] cosine, double[] sine) {
    return new AffineCoefficients(constant, ZERO, cosine, sine);
  }

  /**
   * The matrices of a batch.
   *
   * @param perImage coefficients of each image's transform, B
   * @param values [B]
   * @return [B,2,3], differentiable in the values
   */
  static Tensor matrices(List<AffineCoefficients> perImage, Tensor values) {
    try (Scope scope = Scope.open()) {
      Tensor table = table(perImage, values);
      Tensor perValue = values.view(-1, 1, 1);
      Tensor radians = perValue.mul(new Scalar(Math.PI / 180));
      return scope.keep(
          table
              .select(0, 0)
              .addcmul(perValue, table.select(0, 1))
              .addcmul(radians.cos(), table.select(0, 2))
              .addcmul(radians.sin(), table.select(0, 3)));
    }
  }

  /** All coefficients, [4,B,2,3]. */
  private static Tensor table(List<AffineCoefficients> perImage, Tensor like) {
    int images = perImage.size();
    double[] table = new double[4 * images * ENTRIES];
    for (int i = 0; i < images; i++) {
      AffineCoefficients own = perImage.get(i);
      copy(own.constant, table, 0, images, i);
      copy(own.linear, table, 1, images, i);
      copy(own.cosine, table, 2, images, i);
      copy(own.sine, table, 3, images, i);
    }
    return Tensors.constant(table, like, 4, images, 2, 3);
  }

  private static void copy(double[] from, double[] table, int part, int images, int image) {
    System.arraycopy(from, 0, table, (part * images + image) * ENTRIES, ENTRIES);
  }
}
