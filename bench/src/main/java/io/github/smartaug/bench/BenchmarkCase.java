package io.github.smartaug.bench;

/** Something to be timed. */
interface BenchmarkCase {
  /**
   * Does the work once.
   *
   * @param memoryProbe to be called where memory use is highest
   */
  void run(Runnable memoryProbe);

  /** Number of inner steps that the work consists of. */
  default int steps() {
    return 1;
  }
}
