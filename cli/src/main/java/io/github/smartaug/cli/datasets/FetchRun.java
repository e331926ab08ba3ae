package io.github.smartaug.cli.datasets;

import io.github.smartaug.cli.console.Durations;
import io.github.smartaug.cli.options.FetchOptions;
import io.github.smartaug.cli.run.Interruption;
import io.github.smartaug.cli.run.Stoppable;
import io.github.smartaug.data.published.DatasetFetch;
import io.github.smartaug.data.published.PublishedDataset;
import io.github.smartaug.run.CommandText;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;

/** A download of a data set that a person watches. */
public final class FetchRun {
  private final PublishedDataset dataset;
  private final Path folder;
  private final int retries;

  /**
   * A download that has not begun.
   *
   * @param options that were checked
   */
  public FetchRun(FetchOptions options) {
    this.dataset = options.dataset();
    this.folder = options.folder();
    this.retries = options.retries();
  }

  /**
   * Downloads, or says that all is there.
   *
   * @param out for what comes of it
   * @param err for progress and obstacles
   * @throws IllegalArgumentException if the folder is something else
   * @throws IOException if the data set cannot be had
   * @throws CancellationException if the process is asked to end
   */
  public void execute(PrintStream out, PrintStream err) throws IOException {
    long started = System.nanoTime();
    DownloadProgress progress = new DownloadProgress(err);
    DatasetFetch fetch = fetch(progress);
    boolean there = fetch.isThere();
    if (!there) {
      out.println(
          "%s (%s), licence: %s, %s"
              .formatted(
                  dataset.name(),
                  dataset.bytes().map(DatasetList::megabytes).orElse("size not published"),
                  dataset.licence(),
                  dataset.home()));
      try (Interruption interruption = Interruption.of(new StoppableFetch(fetch))) {
        fetch.run();
      } catch (CancellationException e) {
        throw new CancellationException(
            "interrupted: what has come is in %s, the same command goes on"
                .formatted(fetch.downloads()));
      }
    }
    out.println(
        there
            ? folder + " is there already"
            : "%s, with the published checksums, in %s"
                .formatted(folder, Durations.text((System.nanoTime() - started) / 1e9)));
    out.println(CommandText.of("train", "--dataset", dataset.pathIn(folder).toString()));
  }

  private DatasetFetch fetch(DownloadProgress progress) {
    try {
      return new DatasetFetch(dataset, folder, retries, progress);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--to: " + e.getMessage(), e);
    }
  }

  private record StoppableFetch(DatasetFetch fetch) implements Stoppable {
    @Override
    public void stop() {
      fetch.cancel();
    }

    @Override
    public String happens() {
      return "the download ends";
    }

    @Override
    public String saved() {
      return "what has come stays in " + fetch.downloads();
    }
  }
}
