package io.github.smartaug.data.published;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;

/** Closes a stream from which nothing has come for too long, so that nobody waits for ever. */
final class SilenceGuard implements AutoCloseable {
  private static final int LOOKS = 4;

  private final InputStream stream;
  private final Duration longest;
  private final Timer clock = new Timer("silence of a download", true);

  private volatile long lastHeard = System.nanoTime();
  private volatile boolean silent;

  SilenceGuard(InputStream stream, Duration longest) {
    this.stream = stream;
    this.longest = longest;
    long period = Math.max(1, longest.toMillis() / LOOKS);
    clock.schedule(
        new TimerTask() {
          @Override
          public void run() {
            look();
          }
        },
        period,
        period);
  }

  private void look() {
    if (!silent && System.nanoTime() - lastHeard > longest.toNanos()) {
      silent = true;
      try {
        stream.close();
      } catch (IOException e) {
        // Who reads from it hears of it.
        clock.cancel();
      }
    }
  }

  /** Something has come. */
  void heard() {
    lastHeard = System.nanoTime();
  }

  /** A stream that was closed for its silence looks like one at its end. */
  void check() throws IOException {
    if (silent) {
      throw new IOException("sent nothing for " + longest.toSeconds() + " s");
    }
  }

  @Override
  public void close() {
    clock.cancel();
  }
}
