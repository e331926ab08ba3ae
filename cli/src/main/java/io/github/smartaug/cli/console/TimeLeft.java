package io.github.smartaug.cli.console;

import io.github.smartaug.train.TrainingPlan;

/** Estimates how long the rest of a run takes, from the pace of what is done. */
final class TimeLeft {
  private final int epochs;
  private double secondsOfEpochs;
  private int done;

  TimeLeft(int epochs) {
    this.epochs = epochs;
  }

  /** An estimate that knows the epochs done before. */
  static TimeLeft of(TrainingPlan plan) {
    TimeLeft timeLeft = new TimeLeft(plan.epochs());
    plan.finished().forEach(report -> timeLeft.epochFinished(report.seconds()));
    return timeLeft;
  }

  void epochFinished(double seconds) {
    secondsOfEpochs += seconds;
    done++;
  }

  /** Seconds until the end of the last epoch, after a whole number of epochs; needs one. */
  double afterEpoch() {
    return secondsOfEpochs / done * (epochs - done);
  }

  /**
   * Seconds until the end of the last epoch, within one.
   *
   * @param fraction of the present epoch that is done, above 0
   * @param seconds that the present epoch took so far
   */
  double within(double fraction, double seconds) {
    double perEpoch = done > 0 ? secondsOfEpochs / done : seconds / fraction;
    return Math.max(0, perEpoch * (epochs - done) - seconds);
  }
}
