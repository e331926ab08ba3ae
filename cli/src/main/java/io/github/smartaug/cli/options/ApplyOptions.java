package io.github.smartaug.cli.options;

import io.github.smartaug.data.ImageDecoder;
import io.github.smartaug.data.Resizing;
import io.github.smartaug.input.InputRange;
import io.github.smartaug.transform.Sampling;
import io.github.smartaug.transform.Sampling.Border;
import io.github.smartaug.transform.Sampling.Interpolation;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is applied, to what, and where the result goes. */
public final class ApplyOptions {
  @Parameters(
      index = "0",
      paramLabel = "INPUT",
      description =
          "An image (PNG, JPEG, BMP, GIF, TIFF, WebP), a folder of images (with its subfolders), or"
              + " a .npy file with float32 [B,C,H,W] in [0,1]")
  private String input;

  @Parameters(
      index = "1",
      paramLabel = "OUTPUT",
      description =
          "Where to write. For an image: a file, or an existing folder. For a folder: a folder,"
              + " created if need be; files keep their names, but what is neither PNG nor JPEG"
              + " becomes NAME.png. For an array: a .npy file")
  private String output;

  @Option(
      names = "--policy",
      paramLabel = "RUN|FILE.json",
      description =
          "Apply the policy of a run, or of a policy file; every image gets its own random draws")
  private String policy;

  @Option(
      names = "--transform",
      paramLabel = "NAME",
      completionCandidates = NameCandidates.OfTransforms.class,
      description = {"Apply one transform. One of:", "${bundle:table.transforms}"})
  private String transform;

  @Option(
      names = "--value",
      paramLabel = "V",
      description =
          "Strength of the transform, in its own unit: degrees, pixels, a factor (1: unchanged),"
              + " bits or a threshold")
  private Double value;

  @Option(
      names = "--values",
      paramLabel = "FILE.npy",
      description =
          "One value per image, an array of shape [B]; for a folder in the order of the sorted"
              + " paths of its images")
  private String values;

  @Option(
      names = "--interpolation",
      paramLabel = "HOW",
      description =
          "How transforms that move pixels read between pixels: bilinear or nearest. Default:"
              + " bilinear, or what the policy was learned with")
  private Interpolation interpolation;

  @Option(
      names = "--border",
      paramLabel = "HOW",
      description =
          "What they read outside the image: zeros (black), reflection or edge. Default: zeros, or"
              + " what the policy was learned with")
  private Border border;

  @Option(
      names = "--copies",
      paramLabel = "A",
      description =
          "With --policy: write A results per image, each with its own draws, as NAME-1.png to"
              + " NAME-A.png. Default: ${DEFAULT-VALUE}, as NAME.png")
  private int copies = 1;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description =
          "Seed of all random numbers. The draws of an image depend only on the seed and on its"
              + " path within INPUT. Default: ${DEFAULT-VALUE}")
  private long seed;

  @Option(
      names = ThreadCount.OPTION,
      paramLabel = "N",
      description = "Number of images to work on at once. Default: the number of cores")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = PixelLimit.OPTION,
      paramLabel = "N",
      description = {PixelLimit.MEANING, "Default: ${DEFAULT-VALUE}"})
  private long maxPixels = ImageDecoder.MAX_PIXELS;

  @Option(names = "--force", description = "Replace existing files")
  private boolean force;

  @Option(
      names = "--skip-bad",
      description =
          "Exit with 0 even if files of the folder were skipped because they are damaged or are no"
              + " images; skipped files are named in any case")
  private boolean skipBad;

  /**
   * Checks the options against each other.
   *
   * @throws IllegalArgumentException if they do not fit
   */
  public void check() {
    ThreadCount.check(threads);
    InputRange.within(1, 1_000_000, "--copies", copies);
    PixelLimit.check(maxPixels);
    if ((policy == null) == (transform == null)) {
      throw new IllegalArgumentException(
          policy == null
              ? "--policy, --transform: none is given, allowed: one of them"
              : "--policy: given with --transform, allowed: one of them");
    }
    if (transform != null) {
      NamedThings.TRANSFORMS.requireKnown(transform);
    }
    if (value != null && values != null) {
      throw new IllegalArgumentException("--value: given with --values, allowed: one of them");
    }
    if (policy != null && (value != null || values != null)) {
      throw new IllegalArgumentException(
          (value != null ? "--value" : "--values")
              + ": given with --policy, allowed: with --transform");
    }
    if (transform != null && copies > 1) {
      throw new IllegalArgumentException(
          "--copies: given with --transform, which makes equal copies, allowed: with --policy");
    }
  }

  /** What is read. */
  public Path input() {
    return PathText.parse("INPUT", input);
  }

  /** Where the result goes. */
  public Path output() {
    return PathText.parse("OUTPUT", output);
  }

  /** The policy file or the folder of its run, if it is a policy that is applied. */
  public Optional<Path> policy() {
    return Optional.ofNullable(policy).map(text -> PathText.parse("--policy", text));
  }

  /** The name of the transform, unless it is a policy that is applied. */
  public String transform() {
    return transform;
  }

  /** The value of all images, if there is one. */
  public OptionalDouble value() {
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /** The file of values, if given. */
  public Optional<Path> values() {
    return Optional.ofNullable(values).map(text -> PathText.parse("--values", text));
  }

  /** How pixels are read where they are moved: as usual, but for what is given. */
  public Sampling sampling(Sampling usual) {
    Sampling interpolated = interpolation == null ? usual : usual.with(interpolation);
    return border == null ? interpolated : interpolated.with(border);
  }

  /** Results per image. */
  public int copies() {
    return copies;
  }

  /** Seed of every random draw. */
  public long seed() {
    return seed;
  }

  /** How images are read: in their size, if they are not too large. */
  public Resizing reading() {
    return PixelLimit.upTo(maxPixels);
  }

  /** Images worked on at once. */
  public int threads() {
    return threads;
  }

  /** Whether files that exist may be replaced. */
  public boolean mayReplace() {
    return force;
  }

  /** Whether files that had to be skipped are no failure. */
  public boolean skipsBad() {
    return skipBad;
  }
}
