package io.github.smartaug.cli.options;

import io.github.smartaug.optim.Schedule;

/** The values of {@code --scheduler}. */
enum LearningRateSchedule {
  /** The same learning rate throughout. */
  NONE,
  /** Half a cosine, towards zero. */
  COSINE,
  /** A tenth after each of three milestones. */
  MULTISTEP,
  /** Nearly a line, towards zero. */
  EXPONENTIAL;

  Schedule schedule() {
    return switch (this) {
      case NONE -> Schedule.constant();
      case COSINE -> Schedule.cosine();
      case MULTISTEP -> Schedule.multiStep();
      case EXPONENTIAL -> Schedule.polynomial();
    };
  }

  /** The word of the command line. */
  @Override
  public String toString() {
    return OptionConverters.of(this);
  }
}
