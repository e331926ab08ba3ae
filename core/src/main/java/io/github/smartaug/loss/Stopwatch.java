package io.github.smartaug.loss;

/** Adds up stretches of time. */
final class Stopwatch {
  private long total;
  private long started;

  void start() {
    started = System.nanoTime();
  }

  void stop() {
    total += System.nanoTime() - started;
  }

  /** The sum so far. */
  double seconds() {
    return total / 1e9;
  }
}
