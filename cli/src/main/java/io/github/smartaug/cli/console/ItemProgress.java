package io.github.smartaug.cli.console;

import java.io.PrintStream;

/** Shows how far work on many items is; closing leaves the screen tidy, also in the middle. */
public sealed interface ItemProgress extends AutoCloseable permits PlainItems, TerminalItems {
  /**
   * A bar on a terminal, otherwise a line now and then.
   *
   * @param items what they are, in the plural
   * @param total number of items
   */
  static ItemProgress on(PrintStream out, PrintStream err, String items, int total) {
    return Terminal.isAttached()
        ? new TerminalItems(out, err, items, total)
        : new PlainItems(out, err, items, total, System::nanoTime);
  }

  /**
   * A line now and then, also on a terminal: for work whose results are printed meanwhile.
   *
   * @param err for all that is said
   */
  static ItemProgress lines(PrintStream err, String items, int total) {
    return new PlainItems(err, err, items, total, System::nanoTime);
  }

  /** A line now and then, without the time that is left: nobody knows how many items there are. */
  static ItemProgress ofUnknownNumber(PrintStream err, String items) {
    return new PlainItems(err, err, items, PlainItems.UNKNOWN, System::nanoTime);
  }

  /** So many items are done, failed ones included. */
  void done(int count);

  /** Says something about an item on the error stream. */
  void complain(String line);

  @Override
  void close();
}
