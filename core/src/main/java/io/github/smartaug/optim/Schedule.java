package io.github.smartaug.optim;

/** Learning rate over the epochs of a run, as a factor of the base learning rate. */
@FunctionalInterface
public interface Schedule {
  /**
   * The factor of an epoch.
   *
   * @param epoch from 0 to {@code epochs - 1}
   * @param epochs length of the run
   */
  double factor(int epoch, int epochs);

  /** Always 1. */
  static Schedule constant() {
    return (epoch, epochs) -> 1;
  }

  /**
   * {@code (1 + cos(pi * epoch / epochs)) / 2}: from 1 towards 0, PyTorch's {@code
   * CosineAnnealingLR}. Loshchilov and Hutter, "SGDR: stochastic gradient descent with warm
   * restarts", ICLR 2017.
   */
  static Schedule cosine() {
    return (epoch, epochs) -> (1 + Math.cos(Math.PI * epoch / epochs)) / 2;
  }
}
