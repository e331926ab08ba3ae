package io.github.smartaug.data.published;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The wish of another thread that a download ends, which also wakes what waits for a server. */
final class Stop {
  private final CountDownLatch wished = new CountDownLatch(1);
  private Closeable waiting = () -> {};

  /** Ends the download soon. */
  void wish() throws IOException {
    wished.countDown();
    Closeable current;
    synchronized (this) {
      current = waiting;
    }
    current.close();
  }

  /**
   * What is waited for from now on.
   *
   * @param closeable ends the waiting when it is closed, from another thread
   */
  void waitFor(Closeable closeable) {
    synchronized (this) {
      waiting = closeable;
    }
    check();
  }

  /**
   * Goes on unless the end was wished for.
   *
   * @throws CancellationException if it was
   */
  void check() {
    if (wished.getCount() == 0) {
      throw new CancellationException("interrupted");
    }
  }

  /** Waits, not longer than until the end is wished for. */
  void sleep(Duration time) {
    try {
      if (wished.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
        check();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted");
    }
  }
}
