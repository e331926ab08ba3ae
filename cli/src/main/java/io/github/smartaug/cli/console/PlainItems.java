package io.github.smartaug.cli.console;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/** A line every ten seconds: for files and pipes. */
final class PlainItems implements ItemProgress {
  private static final double SECONDS_BETWEEN_LINES = 10;

  private final PrintStream out;
  private final PrintStream err;
  private final String items;
  private final int total;
  private final LongSupplier clock;
  private final long started;
  private double lastLine;

  /**
   * Progress from now on.
   *
   * @param clock in nanoseconds
   */
  PlainItems(PrintStream out, PrintStream err, String items, int total, LongSupplier clock) {
    this.out = out;
    this.err = err;
    this.items = items;
    this.total = total;
    this.clock = clock;
    this.started = clock.getAsLong();
  }

  @Override
  public void done(int count) {
    double seconds = (clock.getAsLong() - started) / 1e9;
    if (count < total && seconds - lastLine >= SECONDS_BETWEEN_LINES) {
      lastLine = seconds;
      out.println(
          String.format(
              Locale.ROOT,
              "%d/%d %s  %s  left %s",
              count,
              total,
              items,
              Durations.text(seconds),
              Durations.text(seconds / count * (total - count))));
    }
  }

  @Override
  public void complain(String line) {
    err.println(line);
  }

  @Override
  public void close() {
    // Nothing is left on the screen.
  }
}
