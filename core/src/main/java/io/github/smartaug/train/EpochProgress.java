package io.github.smartaug.train;

/**
 * How far a run has come, and what has been added up in the present epoch.
 *
 * @param epoch present epoch, from 1; one more than the number of epochs after the last
 * @param steps inner steps done in it
 * @param lossSum of the losses of these steps
 * @param seconds spent on it
 */
record EpochProgress(int epoch, int steps, double lossSum, PhaseSeconds seconds) {
  /** Before the first step of an epoch. */
  static EpochProgress startOf(int epoch) {
    return new EpochProgress(epoch, 0, 0, PhaseSeconds.NONE);
  }

  /** After an inner step of that loss. */
  EpochProgress afterStep(double loss) {
    return new EpochProgress(epoch, steps + 1, lossSum + loss, seconds);
  }

  /** With more time spent. */
  EpochProgress after(PhaseSeconds more) {
    return new EpochProgress(epoch, steps, lossSum, seconds.plus(more));
  }
}
