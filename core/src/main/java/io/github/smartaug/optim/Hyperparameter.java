package io.github.smartaug.optim;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * A number that an optimizer uses, such as its learning rate: a constant, or a tensor whose
 * gradient is wanted.
 *
 * <p>The arithmetic is here, so that an optimizer is written once for both: constants go into the
 * kernels as scalars, tensors join the graph.
 */
public sealed interface Hyperparameter {
  /** A constant. */
  static Hyperparameter constant(double value) {
    return new Constant(value);
  }

  /**
   * A tensor that is learned.
   *
   * @param value without dimensions, of the parameters' type and device
   */
  static Hyperparameter learned(Tensor value) {
    return new Learned(value);
  }

  /** Whether this is the constant zero, whose term can be left out. */
  boolean isZero();

  /** {@code this * x}. */
  Tensor times(Tensor x);

  /** {@code base + this * x}. */
  Tensor addTo(Tensor base, Tensor x);

  /** {@code base - this * x}. */
  Tensor subtractFrom(Tensor base, Tensor x);

  /** {@code 1 - this}. */
  Hyperparameter complement();

  /** {@code 1 - this^exponent}, the bias correction of a running mean after so many steps. */
  Hyperparameter powerComplement(long exponent);

  /** The square root. */
  Hyperparameter squareRoot();

  /** {@code x / this}. */
  Tensor divide(Tensor x);

  /**
   * A constant.
   *
   * @param value any number
   */
  record Constant(double value) implements Hyperparameter {
    @Override
    public boolean isZero() {
      return value == 0;
    }

    @Override
    public Tensor times(Tensor x) {
      return x.mul(new Scalar(value));
    }

    @Override
    public Tensor addTo(Tensor base, Tensor x) {
      return base.add(x, new Scalar(value));
    }

    @Override
    public Tensor subtractFrom(Tensor base, Tensor x) {
      return base.sub(x, new Scalar(value));
    }

    @Override
    public Hyperparameter complement() {
      return new Constant(1 - value);
    }

    @Override
    public Hyperparameter powerComplement(long exponent) {
      return new Constant(1 - Math.pow(value, (double) exponent));
    }

    @Override
    public Hyperparameter squareRoot() {
      return new Constant(Math.sqrt(value));
    }

    @Override
    public Tensor divide(Tensor x) {
      return x.div(new Scalar(value));
    }
  }

  /**
   * A tensor that is learned.
   *
   * @param value without dimensions
   */
  record Learned(Tensor value) implements Hyperparameter {
    @Override
    public boolean isZero() {
      return false;
    }

    @Override
    public Tensor times(Tensor x) {
      return x.mul(value);
    }

    @Override
    public Tensor addTo(Tensor base, Tensor x) {
      return base.add(x.mul(value));
    }

    @Override
    public Tensor subtractFrom(Tensor base, Tensor x) {
      return base.sub(x.mul(value));
    }

    @Override
    public Hyperparameter complement() {
      return new Learned(value.neg().add(new Scalar(1.0)));
    }

    @Override
    public Hyperparameter powerComplement(long exponent) {
      return new Learned(value.pow(new Scalar((double) exponent)).neg().add(new Scalar(1.0)));
    }

    @Override
    public Hyperparameter squareRoot() {
      return new Learned(value.sqrt());
    }

    @Override
    public Tensor divide(Tensor x) {
      return x.div(value);
    }
  }
}
