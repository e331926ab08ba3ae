package io.github.smartaug.cli.options;

import io.github.smartaug.input.InputRange;
import io.github.smartaug.loss.MixedLoss;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code smartaug evaluate}. */
public final class EvaluationOptions {
  @Parameters(paramLabel = "RUN", description = "The folder of a finished run")
  private String run;

  @Option(
      names = "--dataset",
      paramLabel = "NAME|PATH",
      description =
          "Measure on the test images of another data set, of the same shape and classes."
              + " Default: the test images of the run")
  private String dataset;

  @Option(
      names = "--skip-bad",
      description =
          "Leave out image files that cannot be read, and name them. Default: as the run did")
  private boolean skipBad;

  @Option(
      names = "--test-time-augmentation",
      paramLabel = "A",
      description =
          "Also measure predictions averaged over A copies of every image, augmented by the run's"
              + " policy; a learned policy weighs the copies. Default: not measured")
  private Integer testTimeCopies;

  @Option(
      names = PixelLimit.OPTION,
      paramLabel = "N",
      description = {PixelLimit.MEANING, "Default: that of the run"})
  private Long maxPixels;

  @Option(names = DeviceName.OPTION, paramLabel = "DEVICE", description = DeviceName.MEANING)
  private String device = "cpu";

  @Option(names = ThreadCount.OPTION, paramLabel = "N", description = ThreadCount.MEANING)
  private Integer threads;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Also write the metrics to this JSON file. Default: no file")
  private String out;

  /**
   * Checks all numbers.
   *
   * @throws IllegalArgumentException that names the option
   */
  public void check() {
    if (testTimeCopies != null) {
      InputRange.within(1, MixedLoss.MOST_COPIES, "--test-time-augmentation", testTimeCopies);
    }
    if (maxPixels != null) {
      PixelLimit.check(maxPixels);
    }
    if (threads != null) {
      ThreadCount.check(threads);
    }
  }

  /** The folder of the run. */
  public Path run() {
    return path("RUN", run);
  }

  /** Another data set, if given. */
  public Optional<String> dataset() {
    return Optional.ofNullable(dataset);
  }

  /** Whether images that cannot be read are left out, even if the run did not. */
  public boolean skipsBad() {
    return skipBad;
  }

  /** Copies of each image; 0 for none. */
  public int testTimeCopies() {
    return testTimeCopies == null ? 0 : testTimeCopies;
  }

  /** The most pixels of an image file, if given. */
  public OptionalLong maxPixels() {
    return maxPixels == null ? OptionalLong.empty() : OptionalLong.of(maxPixels);
  }

  /** Name of the device. */
  public String device() {
    return device;
  }

  /** Number of threads, if given. */
  public Optional<Integer> threads() {
    return Optional.ofNullable(threads);
  }

  /** The file to write, if given. */
  public Optional<Path> out() {
    return Optional.ofNullable(out).map(text -> path("--out", text));
  }

  private static Path path(String option, String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(option + ": \"" + text + "\", allowed: a path", e);
    }
  }
}
