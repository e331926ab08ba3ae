package io.github.smartaug.nn;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The inverse square root of a symmetric positive matrix by the coupled iteration of Newton and
 * Schulz, {@code T = (3 I - Z Y) / 2, Y = Y T, Z = T Z} from {@code Y = A / |A|, Z = I}; Higham,
 * "Functions of Matrices", 2008, section 6.7. A few iterations leave small eigenvalues short of
 * their inverse root, which bounds the result.
 */
final class NewtonSchulz {
  private static final int ITERATIONS = 5;

  private final Tensor matrix;
  private final Tensor norm;

  /** For a matrix [n,n]. */
  NewtonSchulz(Tensor matrix) {
    this.matrix = matrix;
    this.norm = matrix.square().sum().sqrt();
  }

  /** The inverse root, by operations that can be differentiated twice. */
  Tensor inverseRoot() {
    Tensor y = matrix.div(norm);
    Tensor z = identity();
    for (int i = 0; i < ITERATIONS; i++) {
      Tensor t = step(z, y);
      y = y.matmul(t);
      z = t.matmul(z);
    }
    return z.div(norm.sqrt());
  }

  /** Derivative of {@link #inverseRoot} along a direction [n,n]. */
  Tensor tangent(Tensor direction) {
    Tensor ofNorm = matrix.mul(direction).sum().div(norm);
    Tensor y = matrix.div(norm);
    Tensor dy = direction.sub(y.mul(ofNorm)).div(norm);
    Tensor z = identity();
    Tensor dz = torch.zeros_like(z);
    for (int i = 0; i < ITERATIONS; i++) {
      Tensor t = step(z, y);
      Tensor dt = dz.matmul(y).add(z.matmul(dy)).mul(new Scalar(-0.5));
      dy = dy.matmul(t).add(y.matmul(dt));
      y = y.matmul(t);
      dz = dt.matmul(z).add(t.matmul(dz));
      z = t.matmul(z);
    }
    Tensor half = ofNorm.div(norm).mul(new Scalar(0.5));
    return dz.sub(z.mul(half)).div(norm.sqrt());
  }

  private Tensor step(Tensor z, Tensor y) {
    return identity().mul(new Scalar(1.5)).sub(z.matmul(y), new Scalar(0.5));
  }

  private Tensor identity() {
    return torch.eye(matrix.size(0), matrix.options());
  }
}
