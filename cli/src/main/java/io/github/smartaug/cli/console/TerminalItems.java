package io.github.smartaug.cli.console;

import java.io.PrintStream;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar over all items. */
final class TerminalItems implements ItemProgress {
  private static final int WIDTH = 100;
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintStream out;
  private final PrintStream err;
  private final int total;
  private final ProgressBar bar;
  private final long started = System.nanoTime();

  TerminalItems(PrintStream out, PrintStream err, String items, int total) {
    this.out = out;
    this.err = err;
    this.total = total;
    this.bar =
        new ProgressBarBuilder()
            .setTaskName(items)
            .setInitialMax(total)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(200)
            .hideEta()
            .setConsumer(new ConsoleProgressBarConsumer(out, WIDTH))
            .build();
  }

  @Override
  public void done(int count) {
    double seconds = (System.nanoTime() - started) / 1e9;
    bar.setExtraMessage("left " + Durations.text(seconds / count * (total - count)));
    bar.stepTo(count);
  }

  @Override
  public void complain(String line) {
    // The bar draws itself anew on the line below.
    out.print(CLEAR_LINE);
    out.flush();
    err.println(line);
  }

  @Override
  public void close() {
    bar.close();
    out.print(CLEAR_LINE);
    out.flush();
  }
}
