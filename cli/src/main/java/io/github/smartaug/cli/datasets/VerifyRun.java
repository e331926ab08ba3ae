package io.github.smartaug.cli.datasets;

import io.github.smartaug.cli.console.ItemProgress;
import io.github.smartaug.cli.options.VerifyOptions;
import io.github.smartaug.data.published.DatasetCheck;
import io.github.smartaug.data.published.DatasetReport;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A check of a data set that a person watches. */
public final class VerifyRun {
  private final VerifyOptions options;

  /**
   * A check that has not begun.
   *
   * @param options that were checked
   */
  public VerifyRun(VerifyOptions options) {
    this.options = options;
  }

  /**
   * Checks the data set and prints what was found.
   *
   * @param out for the report
   * @param err for progress
   * @return whether nothing is wrong
   * @throws IllegalArgumentException if it is no data set
   * @throws IOException if files cannot be read
   */
  public boolean execute(PrintStream out, PrintStream err) throws IOException {
    DatasetReport report;
    int images = expected(options.path());
    try (ItemProgress bar = ItemProgress.on(err, err, "images", images)) {
      CountedImages counted = new CountedImages(bar, images);
      report = DatasetCheck.check(options.path(), options.maxPixels(), counted);
    }
    ReportText text = new ReportText(report);
    if (options.asJson()) {
      // What programs read is UTF-8, a table is in the character set of the terminal.
      PrintStream json = new PrintStream(out, false, StandardCharsets.UTF_8);
      json.print(text.json());
      json.flush();
    } else {
      out.print(text.table());
    }
    return report.problems().isEmpty();
  }

  /** How many images there may be: of a published set, that is known; else, the files. */
  private static int expected(Path path) {
    if (DatasetCheck.publishedIn(path).isPresent()) {
      return DatasetCheck.publishedIn(path).get().contents().images();
    }
    try (Stream<Path> files = Files.walk(path)) {
      return (int) Math.max(1, files.filter(Files::isRegularFile).count());
    } catch (IOException | UncheckedIOException e) {
      // Several files as one path; or what cannot be read, of which the reader will tell.
      return 1;
    }
  }

  /** Many threads count, and the bar moves now and then. */
  private static final class CountedImages implements Runnable {
    private static final int STEP = 100;

    private final ItemProgress bar;
    private final int expected;
    private int count;

    CountedImages(ItemProgress bar, int expected) {
      this.bar = bar;
      this.expected = expected;
    }

    @Override
    public synchronized void run() {
      count++;
      if (count % STEP == 0) {
        bar.done(Math.min(count, expected));
      }
    }
  }
}
