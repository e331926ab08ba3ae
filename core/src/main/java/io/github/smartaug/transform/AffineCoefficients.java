package io.github.smartaug.transform;

import io.github.smartaug.tensor.TensorScope;
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
  private static final int PARTS = 4;
  private static final double[] ZERO = new double[ENTRIES];
  private static final double[] IDENTITY = {1, 0, 0, 0, 1, 0};

  /** Every pixel stays where it is. */
  static AffineCoefficients identity() {
    return constant(IDENTITY);
  }

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
   * The coefficients of several transforms, to choose from.
   *
   * @return [T,4,2,3]
   */
  static Tensor table(List<AffineCoefficients> transforms, Tensor like) {
    double[] table = new double[transforms.size() * PARTS * ENTRIES];
    for (int t = 0; t < transforms.size(); t++) {
      AffineCoefficients own = transforms.get(t);
      copy(own.constant, table, t * PARTS);
      copy(own.linear, table, t * PARTS + 1);
      copy(own.cosine, table, t * PARTS + 2);
      copy(own.sine, table, t * PARTS + 3);
    }
    return Tensors.constant(table, like, transforms.size(), PARTS, 2, 3);
  }

  private static void copy(double[] from, double[] table, int part) {
    System.arraycopy(from, 0, table, part * ENTRIES, ENTRIES);
  }

  /**
   * The matrices of a batch.
   *
   * @param coefficients rows of a {@link #table}, one per image or one for all, [B,4,2,3]
   * @param values [B]
   * @return [B,2,3], differentiable in the values
   */
  static Tensor matrices(Tensor coefficients, Tensor values) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor perValue = values.view(-1, 1, 1);
      Tensor radians = perValue.mul(new Scalar(Math.PI / 180));
      return scope.keep(
          coefficients
              .select(1, 0)
              .addcmul(perValue, coefficients.select(1, 1))
              .addcmul(radians.cos(), coefficients.select(1, 2))
              .addcmul(radians.sin(), coefficients.select(1, 3)));
    }
  }
}
