package io.github.smartaug.cli.run;

import io.github.smartaug.cli.console.ItemProgress;
import io.github.smartaug.cli.options.DataOptions;
import io.github.smartaug.data.DatasetBundle;
import io.github.smartaug.data.LoadingListener;
import java.io.PrintStream;
import java.util.OptionalInt;

/**
 * Shows how far a data set is whose images are all looked at before the first step; nothing, of
 * data sets that are read in one piece.
 */
final class LoadingProgress implements LoadingListener, AutoCloseable {
  /** Images of which facts are known are looked at faster than anybody reads. */
  private static final int STEP = 16;

  private final PrintStream err;
  private ItemProgress items;

  private LoadingProgress(PrintStream err) {
    this.err = err;
  }

  /**
   * Reads the images that options name.
   *
   * @param err on which is shown how far it is
   */
  static DatasetBundle load(DataOptions options, PrintStream err) {
    try (LoadingProgress progress = new LoadingProgress(err)) {
      return options.load(progress);
    }
  }

  @Override
  public void loaded(int done, OptionalInt total) {
    if (items == null) {
      items =
          total.isPresent()
              ? ItemProgress.on(err, err, "images read", total.getAsInt())
              : ItemProgress.ofUnknownNumber(err, "images read");
    }
    if (done % STEP == 0) {
      items.done(done);
    }
  }

  @Override
  public void close() {
    if (items != null) {
      items.close();
    }
  }
}
