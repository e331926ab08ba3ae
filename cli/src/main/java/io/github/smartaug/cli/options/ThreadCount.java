package io.github.smartaug.cli.options;

import io.github.smartaug.input.InputRange;
import io.github.smartaug.tensor.TorchRuntime;

/** The option that all commands have which compute. */
final class ThreadCount {
  static final String OPTION = "--threads";

  static final String MEANING =
      "Threads to compute with. Default: OMP_NUM_THREADS, or the number of cores";

  private ThreadCount() {}

  /**
   * Checks a number of threads.
   *
   * @throws IllegalArgumentException if there are too few or too many
   */
  static void check(int threads) {
    InputRange.within(1, TorchRuntime.mostThreads(), OPTION, threads);
  }
}
