package io.github.smartaug.data.published;

import java.time.Duration;

/**
 * How long a download waits, and how often it tries.
 *
 * @param connection until there is one
 * @param answer until it begins to send
 * @param silence while it sends, until more comes
 * @param pause before the first repetition; twice as long before each further one
 * @param retries of an address in a row, as long as nothing more of the file comes
 */
record Patience(
    Duration connection, Duration answer, Duration silence, Duration pause, int retries) {
  /** What does for the servers of the world. */
  static Patience usual(int retries) {
    return new Patience(
        Duration.ofSeconds(20),
        Duration.ofSeconds(60),
        Duration.ofSeconds(60),
        Duration.ofSeconds(1),
        retries);
  }

  /** The pause before a repetition, the first of which is 1. */
  Duration before(int repetition) {
    return pause.multipliedBy(1L << Math.min(repetition - 1, 5));
  }
}
