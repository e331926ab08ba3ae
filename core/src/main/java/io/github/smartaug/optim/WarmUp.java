package io.github.smartaug.optim;

/**
 * A learning rate that grows along a line before another schedule begins: in the epochs 0 to W from
 * 0 to the base rate if the multiplier is 1, and from the base rate to its multiple otherwise.
 *
 * <pre>
 *   epoch &lt;= W:  epoch / W                               (multiplier 1)
 *                1 + (multiplier - 1) * epoch / W         (multiplier &gt; 1)
 *   epoch &gt; W:   multiplier * after(epoch - W - 1)
 * </pre>
 *
 * <p>Goyal et al., "Accurate, large minibatch SGD: training ImageNet in 1 hour", 2017. The timing
 * is that of ildoonet's {@code GradualWarmupScheduler} for PyTorch: the peak is an epoch of its
 * own, the schedule begins in the epoch after it, and is made for the length of the whole run, so
 * that a run ends before its schedule does. With multiplier 1 the first epoch has learning rate 0.
 * There the multiplier is lost when the warm-up ends, for one epoch or (under PyTorch's recursive
 * schedules) for good; here it stays.
 *
 * @param epochs W, at least 1
 * @param multiplier of the base rate at the end of the warm-up, at least 1
 * @param after the schedule that follows
 */
public record WarmUp(int epochs, double multiplier, Schedule after) implements Schedule {
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
