package io.github.smartaug.tensor;

import java.util.function.Supplier;

/** Passes on what holds native memory, so that at any time somebody will free it. */
public final class Handover {
  private Handover() {}

  /**
   * Makes what takes over a value and closes it from then on. If that fails, the value is closed
   * here, because nobody else knows it.
   *
   * @param close closes the value
   * @param taker makes what takes it over
   */
  public static <T> T orClosed(Runnable close, Supplier<T> taker) {
    try {
      return taker.get();
    } catch (RuntimeException | Error e) {
      close.run();
      throw e;
    }
  }
}
