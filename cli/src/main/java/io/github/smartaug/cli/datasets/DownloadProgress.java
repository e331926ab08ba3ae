package io.github.smartaug.cli.datasets;

import io.github.smartaug.cli.console.ItemProgress;
import io.github.smartaug.data.published.FetchListener;
import java.io.PrintStream;
import java.util.Optional;

/** Shows how far the download of a file is, in megabytes, and how long the rest will take. */
final class DownloadProgress implements FetchListener {
  private static final long MEGABYTE = 1_000_000;

  private final PrintStream err;
  private Optional<ItemProgress> bar = Optional.empty();
  private long begin;

  DownloadProgress(PrintStream err) {
    this.err = err;
  }

  @Override
  public void begins(String file, long present, long total) {
    if (present > 0) {
      note("%s: goes on after %s".formatted(file, DatasetList.megabytes(present)));
    }
    begin = present;
    int megabytes = (int) ((total - present) / MEGABYTE);
    bar =
        megabytes > 0
            ? Optional.of(ItemProgress.on(err, err, "MB of " + file, megabytes))
            : Optional.empty();
  }

  @Override
  public void received(long present) {
    int megabytes = (int) ((present - begin) / MEGABYTE);
    if (megabytes > 0) {
      bar.ifPresent(shown -> shown.done(megabytes));
    }
  }

  @Override
  public void ended() {
    bar.ifPresent(ItemProgress::close);
    bar = Optional.empty();
  }

  @Override
  public void note(String line) {
    err.println(line);
  }
}
