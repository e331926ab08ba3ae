package io.github.smartaug.cli.options;

import io.github.smartaug.data.ImageDecoder;
import io.github.smartaug.data.ImageFormat;
import io.github.smartaug.input.InputRange;
import io.github.smartaug.loss.MixedLoss;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code smartaug predict}. */
public final class PredictOptions {
  /** Classes in a row of the table, if there are as many and nothing else is said. */
  private static final int USUAL_CLASSES = 3;

  @Parameters(index = "0", paramLabel = "RUN", description = "The folder of a run")
  private String run;

  @Parameters(
      index = "1",
      paramLabel = "INPUT",
      description =
          "An image (PNG, JPEG, BMP, GIF, TIFF, WebP) of any size, a folder of images (with its"
              + " subfolders), or a .npy file with float32 [B,C,H,W] in [0,1], of the shape that the model takes")
  private String input;

  @Option(
      names = "--top",
      paramLabel = "K",
      description =
          "Show the K likeliest classes of an image. Default: "
              + USUAL_CLASSES
              + ", or all if there are fewer")
  private Integer top;

  @Option(
      names = "--json",
      description =
          "Print a JSON array in place of the table: for every image its class, the probability of"
              + " this class, and the probabilities of all classes by name")
  private boolean json;

  @Option(
      names = "--csv",
      description =
          "Print CSV in place of the table: the columns image, class, probability, and one for the"
              + " probability of each class")
  private boolean csv;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "Write to this file, whole or not at all, replacing an earlier one. Default: to the"
              + " standard output")
  private String out;

  @Option(
      names = "--test-time-augmentation",
      paramLabel = "A",
      description =
          "Average over A augmented copies of every image; a learned policy weighs the copies."
              + " Default: images as they are")
  private Integer testTimeCopies;

  @Option(
      names = "--policy",
      paramLabel = "RUN|FILE.json",
      description = "The learned policy that makes the copies. Default: the policy of RUN")
  private String policy;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description =
          "Seed of the copies. The draws of an image depend only on the seed and on its pixels."
              + " Default: ${DEFAULT-VALUE}")
  private long seed;

  @Option(
      names = "--skip-bad",
      description =
          "Exit with 0 even if files of the folder were skipped because they are damaged or are no"
              + " images; skipped files are named in any case")
  private boolean skipBad;

  @Option(
      names = PixelLimit.OPTION,
      paramLabel = "N",
      description = {PixelLimit.MEANING, "Default: ${DEFAULT-VALUE}"})
  private long maxPixels = ImageDecoder.MAX_PIXELS;

  @Option(names = DeviceName.OPTION, paramLabel = "DEVICE", description = DeviceName.MEANING)
  private String device = "cpu";

  @Option(
      names = ThreadCount.OPTION,
      paramLabel = "N",
      description = "Number of batches to work on at once. Default: the number of cores")
  private int threads = Runtime.getRuntime().availableProcessors();

  /**
   * Checks the options against each other.
   *
   * @throws IllegalArgumentException if they do not fit
   */
  public void check() {
    ThreadCount.check(threads);
    PixelLimit.check(maxPixels);
    if (testTimeCopies != null) {
      InputRange.within(1, MixedLoss.MOST_COPIES, "--test-time-augmentation", testTimeCopies);
    } else if (policy != null) {
      throw new IllegalArgumentException(
          "--policy: given without --test-time-augmentation, allowed: with it");
    }
    if (json && csv) {
      throw new IllegalArgumentException("--json: given with --csv, allowed: one of them");
    }
    if (top != null && (json || csv)) {
      throw new IllegalArgumentException(
          "--top: given with "
              + (json ? "--json" : "--csv")
              + ", which has all classes, allowed: with the table");
    }
    out().ifPresent(PredictOptions::requireNoImage);
  }

  /** So that mistaken arguments replace no image. */
  private static void requireNoImage(Path out) {
    if (ImageFormat.ofName(out).isPresent() || out.toString().endsWith(".npy")) {
      throw new IllegalArgumentException(
          "--out: " + out + " is the name of an image, allowed: one of a text, such as .csv");
    }
  }

  /** The folder of the run. */
  public Path run() {
    return PathText.parse("RUN", run);
  }

  /** What is classified. */
  public Path input() {
    return PathText.parse("INPUT", input);
  }

  /**
   * Classes in a row of the table.
   *
   * @param classes that there are
   * @throws IllegalArgumentException if more are asked for
   */
  public int top(int classes) {
    if (top == null) {
      return Math.min(USUAL_CLASSES, classes);
    }
    InputRange.within(1, classes, "--top", top);
    return top;
  }

  /** Whether JSON is wanted. */
  public boolean asJson() {
    return json;
  }

  /** Whether CSV is wanted. */
  public boolean asCsv() {
    return csv;
  }

  /** The file to write, if given. */
  public Optional<Path> out() {
    return Optional.ofNullable(out).map(text -> PathText.parse("--out", text));
  }

  /** Copies of each image; 0 for none. */
  public int testTimeCopies() {
    return testTimeCopies == null ? 0 : testTimeCopies;
  }

  /** The policy file or the folder of its run, if it is not the run's own. */
  public Optional<Path> policy() {
    return Optional.ofNullable(policy).map(text -> PathText.parse("--policy", text));
  }

  /** Seed of every random draw. */
  public long seed() {
    return seed;
  }

  /** Whether files that had to be skipped are no failure. */
  public boolean skipsBad() {
    return skipBad;
  }

  /** The most pixels of an image file. */
  public long maxPixels() {
    return maxPixels;
  }

  /** Name of the device. */
  public String device() {
    return device;
  }

  /** Batches worked on at once. */
  public int threads() {
    return threads;
  }
}
