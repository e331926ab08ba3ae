package io.github.smartaug.cli.options;

import io.github.smartaug.optim.Schedule;
import io.github.smartaug.optim.ScheduleType;
import io.github.smartaug.optim.Schedules;
import picocli.CommandLine.TypeConversionException;

/**
 * A value of {@code --scheduler}.
 *
 * @param name of the schedule, not an alias
 * @param schedule that it stands for
 */
record ScheduleChoice(String name, Schedule schedule) {
  /** Reads a name or an alias. */
  static ScheduleChoice parse(String text) {
    return Schedules.entries().stream()
        .filter(entry -> entry.isNamed(text))
        .findFirst()
        .map(ScheduleChoice::of)
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "\"" + text + "\", allowed: " + NamedThings.SCHEDULES.allowed()));
  }

  private static ScheduleChoice of(ScheduleType entry) {
    return new ScheduleChoice(entry.name(), entry.schedule());
  }

  /** The word of the command line. */
  @Override
  public String toString() {
    return name;
  }
}
