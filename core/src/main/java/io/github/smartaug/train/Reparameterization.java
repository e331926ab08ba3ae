package io.github.smartaug.train;

import io.github.smartaug.optim.Hyperparameter;
import io.github.smartaug.optim.Hyperparameters;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * A hyperparameter as a function of an unbounded number, which a meta step may move anywhere
 * without leaving the hyperparameter's range.
 */
enum Reparameterization {
  /** Positive: the number is the logarithm. A meta step changes the value by a factor. */
  LOG {
    @Override
    double inverse(double value) {
      return Math.log(value);
    }

    @Override
    Tensor value(Tensor unbounded) {
      return unbounded.exp();
    }

    @Override
    Tensor project(Tensor unbounded) {
      return unbounded;
    }
  },

  /** Between 0 and 1: the number is the logit. A meta step changes the odds by a factor. */
  LOGIT {
    @Override
    double inverse(double value) {
      return Math.log(value / (1 - value));
    }

    @Override
    Tensor value(Tensor unbounded) {
      return unbounded.sigmoid();
    }

    @Override
    Tensor project(Tensor unbounded) {
      return unbounded.clamp_max(new Scalar(LARGEST_LOGIT));
    }
  };

  /** The logistic function of more than this rounds to 1 in float32. */
  private static final double LARGEST_LOGIT = 16;

  /** The unbounded number of a value inside the range. */
  abstract double inverse(double value);

  /** The value, differentiable. */
  abstract Tensor value(Tensor unbounded);

  /** Brings a number back to where its value, as rounded, is inside the range. */
  abstract Tensor project(Tensor unbounded);

  /**
   * That of a hyperparameter which is to be learned.
   *
   * @param all hyperparameters at the start
   * @throws IllegalArgumentException if there is no such hyperparameter, its range is unknown, or
   *     it starts at zero, from where no factor leads away
   */
  static Reparameterization of(String name, Hyperparameters all) {
    if (!all.contains(name)) {
      throw new IllegalArgumentException(
          "hyperparameter \"%s\" cannot be learned: the optimizer has only %s"
              .formatted(name, String.join(", ", all.names())));
    }
    Hyperparameter start = all.get(name);
    if (start.isZero()) {
      throw new IllegalArgumentException(
          "%s is 0, allowed if it is learned: above 0".formatted(name));
    }
    return of(name);
  }

  static Reparameterization of(String name) {
    return switch (Hyperparameters.baseName(name)) {
      case Hyperparameters.LEARNING_RATE, Hyperparameters.WEIGHT_DECAY -> LOG;
      case Hyperparameters.MOMENTUM, Hyperparameters.BETA1, Hyperparameters.BETA2 -> LOGIT;
      default ->
          throw new IllegalArgumentException(
              "hyperparameter \"%s\" cannot be learned (can: %s)"
                  .formatted(
                      name,
                      String.join(
                          ", ",
                          Hyperparameters.LEARNING_RATE,
                          Hyperparameters.WEIGHT_DECAY,
                          Hyperparameters.MOMENTUM,
                          Hyperparameters.BETA1,
                          Hyperparameters.BETA2)));
    };
  }
}
