package io.github.smartaug.cli.options;

import io.github.smartaug.data.published.PublishedDataset;
import io.github.smartaug.data.published.PublishedDatasets;
import io.github.smartaug.input.InputRange;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code smartaug datasets fetch}. */
public final class FetchOptions {
  /** Around the folders of data sets, unless something else is said. */
  public static final String FOLDER = "datasets";

  private static final int MOST_RETRIES = 1000;

  @Parameters(
      index = "0",
      paramLabel = "NAME",
      completionCandidates = NameCandidates.OfPublishedDatasets.class,
      description = {"The data set. One of:", "${bundle:table.published-data-sets}"})
  private String name;

  @Option(
      names = "--to",
      paramLabel = "FOLDER",
      description = "The folder to make, new or empty. Default: " + FOLDER + "/NAME")
  private String to;

  @Option(
      names = "--retries",
      paramLabel = "N",
      description =
          "Try an address again so often, with longer and longer pauses, as long as no more of a"
              + " file comes. Default: ${DEFAULT-VALUE}")
  private int retries = 4;

  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException if they are wrong
   */
  public void check() {
    InputRange.within(0, MOST_RETRIES, "--retries", retries);
    dataset();
    folder();
  }

  /** What to download. */
  public PublishedDataset dataset() {
    try {
      return PublishedDatasets.named(name);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("NAME: " + e.getMessage(), e);
    }
  }

  /** The folder to make, as it was written. */
  public Path folder() {
    return to == null ? Path.of(FOLDER, dataset().name()) : PathText.parse("--to", to);
  }

  /** How often an address is tried again. */
  public int retries() {
    return retries;
  }
}
