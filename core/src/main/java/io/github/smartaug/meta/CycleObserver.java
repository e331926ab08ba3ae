package io.github.smartaug.meta;

import java.util.function.Supplier;

/** Watches a {@link BilevelCycle}; what it throws breaks the cycle off. */
public interface CycleObserver {
  /** What a cycle spends its time on. */
  enum Activity {
    /** An inner step. */
    INNER_STEP,
    /** The outer objective, the hypergradient and the meta step. */
    META_STEP
  }

  /**
   * Called after every inner step, before the next one's objective is asked for.
   *
   * @param cycle its state and memory after the step; for this call only
   */
  default void stepDone(Trajectory.StepReport report, BilevelCycle.Running cycle) {}

  /** Does a piece of work; may measure the time it takes. */
  default <T> T timed(Activity kind, Supplier<T> work) {
    return work.get();
  }

  /** Watches nothing. */
  static CycleObserver none() {
    return new CycleObserver() {};
  }
}
