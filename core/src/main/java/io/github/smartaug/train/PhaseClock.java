package io.github.smartaug.train;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Supplier;

/** Splits time between phases; a phase within another is not part of that one. */
final class PhaseClock {
  /** What time is spent on. */
  enum Phase {
    DATA,
    AUGMENTATION,
    INNER,
    META,
    EVALUATION,
    /** What is no part of training, such as listeners. */
    OTHER
  }

  private final Map<Phase, Double> seconds = new EnumMap<>(Phase.class);
  private Phase current = Phase.OTHER;
  private long since = System.nanoTime();

  /** Counts the time of a call. */
  <T> T time(Phase phase, Supplier<T> call) {
    Phase outer = current;
    change(phase);
    try {
      return call.get();
    } finally {
      change(outer);
    }
  }

  /** Counts the time of a call without a result. */
  void time(Phase phase, Runnable call) {
    time(
        phase,
        () -> {
          call.run();
          return phase;
        });
  }

  /** Counts time to one phase that was counted to another. */
  void transfer(double moved, Phase from, Phase to) {
    add(from, -moved);
    add(to, moved);
  }

  /** The time since the last lap, or since the beginning. */
  PhaseSeconds lap() {
    change(current);
    PhaseSeconds lap =
        new PhaseSeconds(
            of(Phase.DATA),
            of(Phase.AUGMENTATION),
            of(Phase.INNER),
            of(Phase.META),
            of(Phase.EVALUATION));
    seconds.clear();
    return lap;
  }

  private void change(Phase next) {
    long now = System.nanoTime();
    add(current, (now - since) / 1e9);
    current = next;
    since = now;
  }

  private void add(Phase phase, double more) {
    seconds.merge(phase, more, Double::sum);
  }

  private double of(Phase phase) {
    return seconds.getOrDefault(phase, 0.0);
  }
}
