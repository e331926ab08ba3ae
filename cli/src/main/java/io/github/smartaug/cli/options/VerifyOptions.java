package io.github.smartaug.cli.options;

import io.github.smartaug.data.Datasets;
import io.github.smartaug.data.ImageDecoder;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code smartaug datasets verify}. */
public final class VerifyOptions {
  @Parameters(
      index = "0",
      paramLabel = "FOLDER",
      description = "The folder or file of the data set, as for smartaug train --dataset")
  private String path;

  @Option(names = "--json", description = "Print a JSON object in place of the table")
  private boolean json;

  @Option(
      names = PixelLimit.OPTION,
      paramLabel = "N",
      description = {PixelLimit.MEANING, "Default: ${DEFAULT-VALUE}"})
  private long maxPixels = ImageDecoder.MAX_PIXELS;

  /**
   * Checks the options.
   *
   * @throws IllegalArgumentException if they are wrong
   */
  public void check() {
    PixelLimit.check(maxPixels);
    path();
  }

  /** The data set. */
  public Path path() {
    return Datasets.path(path)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "FOLDER: \"%s\", allowed: a folder or file".formatted(path)));
  }

  /** Whether JSON is wanted. */
  public boolean asJson() {
    return json;
  }

  /** The most pixels of an image. */
  public long maxPixels() {
    return maxPixels;
  }
}
