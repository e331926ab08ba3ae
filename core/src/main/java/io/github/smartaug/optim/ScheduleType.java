package io.github.smartaug.optim;

import io.github.smartaug.registry.Registered;

/** A learning-rate schedule with a name: an entry of {@link Schedules}. */
public interface ScheduleType extends Registered {
  /** The schedule. */
  Schedule schedule();
}
