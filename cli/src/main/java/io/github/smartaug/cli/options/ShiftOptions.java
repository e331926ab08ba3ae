package io.github.smartaug.cli.options;

import io.github.smartaug.data.DatasetBundle;
import io.github.smartaug.data.Datasets;
import io.github.smartaug.data.StratifiedSplit;
import io.github.smartaug.input.InputRange;
import java.nio.file.Path;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code smartaug datasets make-shift}. */
public final class ShiftOptions {
  @Parameters(
      index = "0",
      paramLabel = "DATA",
      description = "The images: a data set's name or folder, as for smartaug train --dataset")
  private String dataset;

  @Parameters(
      index = "1",
      paramLabel = "OUT",
      description =
          "A new folder, which smartaug train --dataset reads: train, val and test with class"
              + " folders of PNG files, shift.json and oracle.json")
  private String out;

  @Option(
      names = "--transform",
      paramLabel = "NAME",
      required = true,
      description = {
        "What validation and test images are changed by. One of:",
        "rotate, by -A to A degrees; translate, by -A to A pixels along both axes;",
        "flip, upside down, and flip-lr, left and right exchanged: half of the images;",
        "brightness, contrast: times 1 - A to 1 + A;",
        "blur, noise: of a standard deviation of 0 to A, in pixels and of a range of 1;",
        "none."
      })
  private HiddenTransform transform;

  @Option(
      names = "--amount",
      paramLabel = "A",
      description = "How strong it is at most; not for flips and none")
  private Double amount;

  @Option(
      names = "--train",
      paramLabel = "N",
      description = "Number of training images. Default: all that are not for validation")
  private Integer training;

  @Option(
      names = "--validation",
      paramLabel = "N",
      description =
          "Number of validation images. Default: all that DATA has, or else a fifth of what is"
              + " used for training and validation")
  private Integer validation;

  @Option(names = "--test", paramLabel = "N", description = "Number of test images. Default: all")
  private Integer test;

  @Option(
      names = "--image-size",
      paramLabel = "PIXELS",
      description = "Resize all images to this height and width. Default: images keep their size")
  private Integer imageSize;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Seed of what is chosen and how it is changed. Default: ${DEFAULT-VALUE}")
  private long seed;

  /**
   * Checks the options against each other.
   *
   * @throws IllegalArgumentException if they do not fit
   */
  public void check() {
    transform.check(amount);
    atLeastOne("--train", training);
    atLeastOne("--validation", validation);
    atLeastOne("--test", test);
    atLeastOne("--image-size", imageSize);
  }

  private static void atLeastOne(String option, Integer number) {
    if (number != null) {
      InputRange.atLeast(1, option, number);
    }
  }

  /** Reads the images and chooses, class by class; none is changed. */
  public DatasetBundle load() {
    DatasetBundle all =
        imageSize == null ? Datasets.load(dataset) : Datasets.load(dataset, imageSize);
    requireEnough("--test", test, all.test().size(), all);
    DatasetBundle tested = test == null ? all : all.limitTest(test);
    return tested.validation().isPresent() ? limited(tested) : split(tested);
  }

  private DatasetBundle limited(DatasetBundle all) {
    int held = all.validation().orElseThrow().size();
    requireEnough("--validation", validation, held, all);
    requireEnough("--train", training, all.training().size(), all);
    DatasetBundle limited = training == null ? all : all.limitTraining(training, seed);
    return validation == null
        ? limited
        : limited.withValidation(
            StratifiedSplit.limit(all.validation().orElseThrow(), validation, seed));
  }

  private DatasetBundle split(DatasetBundle all) {
    int available = all.training().size();
    int held = validation == null ? aFifth(available) : validation;
    int kept = training == null ? available - held : training;
    if (kept < 1 || (long) kept + held > available) {
      throw new IllegalArgumentException(
          "--train, --validation: %d and %d images, allowed: together at most %d, which %s has"
              .formatted(kept, held, available, all.name()));
    }
    return all.limitTraining(kept + held, seed)
        .ensureValidation((double) held / (kept + held), seed);
  }

  private int aFifth(int available) {
    double used = training == null ? available : training / (1 - Defaults.VALIDATION_FRACTION);
    return (int) Math.round(Defaults.VALIDATION_FRACTION * used);
  }

  private static void requireEnough(
      String option, Integer wanted, int available, DatasetBundle all) {
    if (wanted != null && wanted > available) {
      throw new IllegalArgumentException(
          "%s: %d, allowed: at most %d, which %s has"
              .formatted(option, wanted, available, all.name()));
    }
  }

  /** What validation and test images are changed by. */
  public HiddenTransform transform() {
    return transform;
  }

  /** How strong it is at most; 0 where there is no strength. */
  public double amount() {
    return amount == null ? 0 : amount;
  }

  /** Where the folder goes. */
  public Path out() {
    return PathText.parse("OUT", out);
  }

  /** Seed of every choice. */
  public long seed() {
    return seed;
  }
}
