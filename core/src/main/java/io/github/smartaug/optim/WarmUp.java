package io.github.smartaug.optim;

/**
 * A learning rate that grows linearly before another schedule begins, over the epochs 0 to W. With
 * multiplier 1 it grows from 0 to the base rate, otherwise from the base rate to its multiple.
 *
 * <pre>
 *   epoch &lt;= W:  epoch / W                               (multiplier 1)
 *                1 + (multiplier - 1) * epoch / W         (multiplier &gt; 1)
 *   epoch &gt; W:   multiplier * after(epoch - W - 1)
 * </pre>
 *
 * <p>Goyal et al., "Accurate, large minibatch SGD: training ImageNet in 1 hour", 2017. The timing
 * is that of ildoonet's {@code GradualWarmupScheduler} for PyTorch. The peak lasts one epoch, and
 * the schedule begins in the epoch after it. The schedule is made for the length of the whole run,
 * so a run ends before its schedule does. With multiplier 1, the first epoch has learning rate 0.
 * Unlike there, the multiplier stays in effect after the warm-up.
 *
 * @param epochs W, at least 1
 * @param multiplier of the base rate at the end of the warm-up, at least 1
 * @param after the schedule that follows
 */
record WarmUp(int epochs, double multiplier, Schedule after) implements Schedule {
  /** Checks the numbers. */
  public WarmUp {
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
    if (epoch > epochs) {
      return multiplier * after.factor(epoch - epochs - 1, runEpochs);
    }
    double progress = (double) epoch / epochs;
    return multiplier == 1 ? progress : 1 + (multiplier - 1) * progress;
  }
}
