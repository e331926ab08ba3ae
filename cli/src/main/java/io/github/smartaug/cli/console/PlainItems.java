package io.github.smartaug.cli.console;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/** A line every ten seconds: for files and pipes. */
final class PlainItems implements ItemProgress {
  /** Stands for the number of items where it is not known. */
  static final int UNKNOWN = 0;

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
   * @param total their number, or {@link #UNKNOWN}
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
    if ((count < total || total == UNKNOWN) && seconds - lastLine >= SECONDS_BETWEEN_LINES) {
      lastLine = seconds;
      out.println(line(count, seconds));
    }
  }

  private String line(int count, double seconds) {
    return total == UNKNOWN
        ? String.format(Locale.ROOT, "%d %s  %s", count, items, Durations.text(seconds))
        : String.format(
            Locale.ROOT,
            "%d/%d %s  %s  left %s",
            count,
            total,
            items,
            Durations.text(seconds),
            Durations.text(seconds / count * (total - count)));
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
