package io.github.smartaug.optim;

import java.util.Arrays;

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

  /**
   * A tenth after a third of the epochs, again after two thirds, and again after nine tenths, each
   * rounded down but at least 1: PyTorch's {@code MultiStepLR} with these milestones and gamma 0.1.
   */
  static Schedule multiStep() {
    return (epoch, epochs) -> {
      long[] milestones = {epochs / 3, 2L * epochs / 3, 9L * epochs / 10};
      long passed =
          Arrays.stream(milestones).filter(milestone -> epoch >= Math.max(1, milestone)).count();
      return Math.pow(0.1, (double) passed);
    };
  }

  /**
   * Polynomial decay of power 0.9, {@code (1 - epoch / epochs)^0.9}: from 1 to almost 0, nearly
   * along a line. PyTorch's {@code PolynomialLR} with that power, over the epochs of the run.
   */
  static Schedule polynomial() {
    return (epoch, epochs) -> Math.pow(1 - (double) epoch / epochs, 0.9);
  }

  /** This schedule after a {@link WarmUp} of that many epochs; itself if there are none. */
  default Schedule afterWarmUp(int warmUpEpochs, double multiplier) {
    return warmUpEpochs == 0 ? this : new WarmUp(warmUpEpochs, multiplier, this);
  }

  /** The same with the ancestor's timing: after a {@link GradualWarmUp}. */
  default Schedule afterGradualWarmUp(int warmUpEpochs, double multiplier) {
    return warmUpEpochs == 0 ? this : new GradualWarmUp(warmUpEpochs, multiplier, this);
  }
}
