package io.github.smartaug.train;

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

  /** The sum so far, which starts anew from zero. */
  double takeSeconds() {
    double seconds = total / 1e9;
    total = 0;
    return seconds;
  }
}
