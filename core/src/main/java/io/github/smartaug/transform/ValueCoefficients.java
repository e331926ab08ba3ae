package io.github.smartaug.transform;

import io.github.smartaug.tensor.TensorScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * A value as a bilinear function of magnitude m and uniform draw u: {@code constant + magnitude * m
 * + uniform * u + product * m * u}. All mappings in use are of this form, so values under different
 * mappings can be computed together.
 *
 * @param constant coefficient of 1
 * @param magnitude coefficient of m
 * @param uniform coefficient of u
 * @param product coefficient of m u
 */
public record ValueCoefficients(double constant, double magnitude, double uniform, double product) {
  /** The value for one magnitude and one draw. */
  public double value(double magnitude, double uniform) {
    return constant + this.uniform * uniform + (this.magnitude + product * uniform) * magnitude;
  }

  /**
   * The values for a batch.
   *
   * @param magnitudes [B], or [1] for all
   * @param uniforms [B]
   * @return [B], differentiable in the magnitudes
   */
  public Tensor value(Tensor magnitudes, Tensor uniforms) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor slope = uniforms.mul(new Scalar(product)).add(new Scalar(magnitude));
      Tensor start = uniforms.mul(new Scalar(uniform)).add(new Scalar(constant));
      return scope.keep(start.addcmul(slope, magnitudes));
    }
  }
}
