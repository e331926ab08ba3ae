package io.github.smartaug.cli.extension;

import io.github.smartaug.optim.Schedule;
import io.github.smartaug.optim.ScheduleType;

/** A schedule: half the learning rate after every epoch. */
public record Halving() implements ScheduleType {
  @Override
  public String name() {
    return "halving";
  }

  @Override
  public String description() {
    return "half the learning rate after every epoch";
  }

  @Override
  public Schedule schedule() {
    return (epoch, epochs) -> Math.pow(0.5, epoch);
  }
}
