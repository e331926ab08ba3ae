package io.github.smartaug.optim;

import io.github.smartaug.registry.Registry;
import java.util.List;
import java.util.Set;

/** The learning-rate schedules by name. */
public final class Schedules {
  private static final Registry<ScheduleType> REGISTRY =
      new Registry<>(
          "schedule",
          ScheduleType.class,
          List.of(
              new Row("none", "the same learning rate in all epochs", Schedule.constant()),
              new Row("cosine", "half a cosine, from 1 towards 0", Schedule.cosine()),
              new Row(
                  "multistep",
                  "a tenth after 1/3, again after 2/3 and after 9/10 of the epochs",
                  Schedule.multiStep()),
              new Row(
                  "polynomial",
                  Set.of("exponential"),
                  "(1 - epoch/epochs)^0.9, nearly a line from 1 to 0",
                  Schedule.polynomial())));

  private Schedules() {}

  /** All names. */
  public static List<String> names() {
    return REGISTRY.names();
  }

  /** All entries. */
  public static List<ScheduleType> entries() {
    return REGISTRY.entries();
  }

  /**
   * The schedule of that name.
   *
   * @throws IllegalArgumentException if the name is unknown
   */
  public static Schedule named(String name) {
    return REGISTRY.named(name).schedule();
  }

  /**
   * Adds a schedule, for all of this process.
   *
   * @throws IllegalArgumentException if its name is taken
   */
  public static void register(ScheduleType schedule) {
    REGISTRY.register(schedule);
  }

  /**
   * Takes back a schedule that was registered.
   *
   * @throws IllegalArgumentException if there is none of that name, or it is built in
   */
  public static void unregister(String name) {
    REGISTRY.unregister(name);
  }

  private record Row(String name, Set<String> aliases, String description, Schedule schedule)
      implements ScheduleType {
    Row(String name, String description, Schedule schedule) {
      this(name, Set.of(), description, schedule);
    }
  }
}
