package io.github.smartaug.optim;

/**
 * A learning rate that grows linearly over the first W epochs, before another schedule runs over
 * those that are left. With multiplier 1 it grows towards the base rate from nothing, otherwise
 * from the base rate towards its multiple.
 *
 * <pre>
 *   epoch &lt; W:   (epoch + 1) / W                            (multiplier 1)
 *                1 + (multiplier - 1) * (epoch + 1) / W      (multiplier &gt; 1)
 *   epoch &gt;= W:  multiplier * after(epoch - W of epochs - W)
 * </pre>
 *
 * <p>Goyal et al., "Accurate, large minibatch SGD: training ImageNet in 1 hour", 2017. No epoch has
 * the rate 0, in which nothing would be learned, and the schedule that follows comes to its end:
 * both are otherwise in {@link GradualWarmUp}.
 *
 * @param epochs W, at least 1
 * @param multiplier of the base rate at the end of the warm-up, at least 1
 * @param after the schedule that follows
 */
record WarmUp(int epochs, double multiplier, Schedule after) implements Schedule {
  /** Checks the numbers. */
  public WarmUp {
    requireAllowed(epochs, multiplier);
  }

  static void requireAllowed(int epochs, double multiplier) {
    if (epochs < 1) {
      throw new IllegalArgumentException("warm-up epochs: " + epochs + ", allowed: at least 1");
    }
    if (!(multiplier >= 1 && multiplier < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "warm-up multiplier: " + multiplier + ", allowed: at least 1, finite");
    }
  }

  @Override
  public double factor(int epoch, int runEpochs) {
    return epoch < epochs
        ? grown((double) (epoch + 1) / epochs, multiplier)
        : multiplier * after.factor(epoch - epochs, runEpochs - epochs);
  }

  /**
   * How far the rate has grown.
   *
   * @param progress in the warm-up, from 0 to 1
   */
  static double grown(double progress, double multiplier) {
    return multiplier == 1 ? progress : 1 + (multiplier - 1) * progress;
  }
}
