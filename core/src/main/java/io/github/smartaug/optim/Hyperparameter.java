package io.github.smartaug.optim;

import io.github.smartaug.tensor.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * A number that an optimizer uses, such as its learning rate. It is a constant, or a tensor that is
 * learned.
 *
 * <p>The interface has the arithmetic for both, so an optimizer is written only once. Constants are
 * passed to kernels as numbers; tensors become part of the autograd graph.
 */
public sealed interface Hyperparameter {
  /** A constant. */
  static Hyperparameter constant(double value) {
    return new Constant(value);
  }

  /**
   * A tensor that is learned.
   *
   * @param value without dimensions, on the parameters' device or the CPU
   */
  static Hyperparameter learned(Tensor value) {
    return new Learned(value);
  }

  /** Whether this is the constant zero, so that its term can be left out. */
  boolean isZero();

  /** The number itself. For a tensor, waits until the device has computed it. */
  double value();

  /** {@code this * x}. */
  Tensor times(Tensor x);

  /** {@code base + this * x}. */
  Tensor addTo(Tensor base, Tensor x);

  /** {@code base - this * x}. */
  Tensor subtractFrom(Tensor base, Tensor x);

  /** {@code x = this * x}, in its place, to the bits of {@link #times}. */
  Tensor scale(Tensor x);

  /** {@code base = base + this * x}, in its place, to the bits of {@link #addTo}. */
  Tensor addInto(Tensor base, Tensor x);

  /** {@code base = base - this * x}, in its place, to the bits of {@link #subtractFrom}. */
  Tensor subtractInto(Tensor base, Tensor x);

  /** {@code 1 - this}. */
  Hyperparameter complement();

  /** {@code 1 - this^exponent}, the bias correction of a running mean after so many steps. */
  Hyperparameter powerComplement(long exponent);

  /** {@code this^exponent}. */
  Hyperparameter power(double exponent);

  /** The square root. */
  Hyperparameter squareRoot();

  /** {@code factor * this}. */
  Hyperparameter scaled(double factor);

  /** {@code this + number}. */
  Hyperparameter plus(double number);

  /** {@code this - other}. */
  Hyperparameter minus(Hyperparameter other);

  /** {@code this * other}. */
  Hyperparameter times(Hyperparameter other);

  /** {@code this / other}. */
  default Hyperparameter dividedBy(Hyperparameter other) {
    return times(other.power(-1));
  }

  /** {@code x / this}. */
  Tensor divide(Tensor x);

  /** {@code x = x / this}, in its place, to the bits of {@link #divide}. */
  Tensor divideInPlace(Tensor x);

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
    public Tensor scale(Tensor x) {
      return x.mul_(new Scalar(value));
    }

    @Override
    public Tensor addInto(Tensor base, Tensor x) {
      return base.add_(x, new Scalar(value));
    }

    @Override
    public Tensor subtractInto(Tensor base, Tensor x) {
      return base.sub_(x, new Scalar(value));
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
    public Hyperparameter power(double exponent) {
      return new Constant(Math.pow(value, exponent));
    }

    @Override
    public Hyperparameter squareRoot() {
      return new Constant(Math.sqrt(value));
    }

    @Override
    public Hyperparameter scaled(double factor) {
      return new Constant(factor * value);
    }

    @Override
    public Hyperparameter plus(double number) {
      return new Constant(value + number);
    }

    @Override
    public Hyperparameter minus(Hyperparameter other) {
      return other.scaled(-1).plus(value);
    }

    @Override
    public Hyperparameter times(Hyperparameter other) {
      return other.scaled(value);
    }

    @Override
    public Tensor divide(Tensor x) {
      return x.div(new Scalar(value));
    }

    @Override
    public Tensor divideInPlace(Tensor x) {
      return x.div_(new Scalar(value));
    }
  }

  /**
   * A tensor that is learned.
   *
   * @param tensor without dimensions
   */
  record Learned(Tensor tensor) implements Hyperparameter {
    @Override
    public boolean isZero() {
      return false;
    }

    @Override
    public double value() {
      return Tensors.item(tensor);
    }

    @Override
    public Tensor times(Tensor x) {
      return x.mul(tensor);
    }

    @Override
    public Tensor addTo(Tensor base, Tensor x) {
      return base.add(x.mul(tensor));
    }

    @Override
    public Tensor subtractFrom(Tensor base, Tensor x) {
      return base.sub(x.mul(tensor));
    }

    @Override
    public Tensor scale(Tensor x) {
      return x.mul_(tensor);
    }

    @Override
    public Tensor addInto(Tensor base, Tensor x) {
      return base.add_(x.mul(tensor));
    }

    @Override
    public Tensor subtractInto(Tensor base, Tensor x) {
      return base.sub_(x.mul(tensor));
    }

    @Override
    public Hyperparameter complement() {
      return new Learned(tensor.neg().add(new Scalar(1.0)));
    }

    @Override
    public Hyperparameter powerComplement(long exponent) {
      return new Learned(tensor.pow(new Scalar((double) exponent)).neg().add(new Scalar(1.0)));
    }

    @Override
    public Hyperparameter power(double exponent) {
      return new Learned(tensor.pow(new Scalar(exponent)));
    }

    @Override
    public Hyperparameter squareRoot() {
      return new Learned(tensor.sqrt());
    }

    @Override
    public Hyperparameter scaled(double factor) {
      return new Learned(tensor.mul(new Scalar(factor)));
    }

    @Override
    public Hyperparameter plus(double number) {
      return new Learned(tensor.add(new Scalar(number)));
    }

    @Override
    public Hyperparameter minus(Hyperparameter other) {
      return other instanceof Learned learned
          ? new Learned(tensor.sub(learned.tensor))
          : plus(-other.value());
    }

    @Override
    public Hyperparameter times(Hyperparameter other) {
      return new Learned(other.times(tensor));
    }

    @Override
    public Tensor divide(Tensor x) {
      return x.div(tensor);
    }

    @Override
    public Tensor divideInPlace(Tensor x) {
      return x.div_(tensor);
    }
  }
}
