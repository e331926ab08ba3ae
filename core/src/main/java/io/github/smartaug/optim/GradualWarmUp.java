package io.github.smartaug.optim;

/**
 * A warm-up with the timing of ildoonet's {@code GradualWarmupScheduler} for PyTorch, which the
 * ancestor used: over the epochs 0 to W, so that with multiplier 1 the first epoch has the learning
 * rate 0 and the peak lasts one epoch. The schedule that follows is made for the length of the
 * whole run, so that the run ends before it does.
 *
 * <pre>
 *   epoch &lt;= W:  epoch / W                               (multiplier 1)
 *                1 + (multiplier - 1) * epoch / W         (multiplier &gt; 1)
 *   epoch &gt; W:   multiplier * after(epoch - W - 1)
 * </pre>
 *
 * <p>Unlike there, the multiplier stays in effect after the warm-up.
 *
 * @param epochs W, at least 1
 * @param multiplier of the base rate at the end of the warm-up, at least 1
 * @param after the schedule that follows
 */
record GradualWarmUp(int epochs, double multiplier, Schedule after) implements Schedule {
  /** Checks the numbers. */
  public GradualWarmUp {
    WarmUp.requireAllowed(epochs, multiplier);
  }

  @Override
  public double factor(int epoch, int runEpochs) {
    return epoch <= epochs
        ? WarmUp.grown((double) epoch / epochs, multiplier)
        : multiplier * after.factor(epoch - epochs - 1, runEpochs);
  }
}
