package io.github.smartaug.cli.options;

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
          "An image (.png, .jpg, .jpeg), a folder of images (with its subfolders), or a .npy file"
              + " with float32 [B,C,H,W] in [0,1]")
  private String input;

  @Parameters(
      index = "1",
      paramLabel = "OUTPUT",
      description =
          "An image file or a folder to put it in; a folder, made if need be, with the same names;"
              + " or a .npy file")
  private String output;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description = "A policy file, such as policy.json of a run: each image gets its own draws")
  private String policy;

  @Option(
      names = "--transform",
      paramLabel = "NAME",
      completionCandidates = TransformNames.class,
      description = "One of ${COMPLETION-CANDIDATES}")
  private String transform;

  @Option(
      names = "--value",
      paramLabel = "V",
      description =
          "How strong the transform is, in its unit: degrees, pixels, factor (1 changes nothing),"
              + " bits, threshold")
  private Double value;

  @Option(
      names = "--values",
      paramLabel = "FILE.npy",
      description =
          "One value per image, [B]; for a folder in the order of the image files' sorted paths")
  private String values;

  @Option(
      names = "--interpolation",
      paramLabel = "HOW",
      description =
          "What is read between pixels where they are moved: bilinear, nearest. Default:"
              + " bilinear, or what the policy was learned with")
  private Interpolation interpolation;

  @Option(
      names = "--border",
      paramLabel = "HOW",
      description =
          "What comes in from outside the image where pixels are moved: zeros (black), reflection,"
              + " edge. Default: zeros, or what the policy was learned with")
  private Border border;

  @Option(
      names = "--copies",
      paramLabel = "A",
      description =
          "With --policy: so many results per image, each with its own draws, NAME-1.png to"
              + " NAME-A.png. Default: ${DEFAULT-VALUE}, under the plain name")
  private int copies = 1;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description =
          "Of every random draw. What an image gets depends on the seed and on its path within"
              + " INPUT only. Default: ${DEFAULT-VALUE}")
  private long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Images worked on at once. Default: the number of cores")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--force", description = "Replace files that exist")
  private boolean force;

  @Option(
      names = "--skip-bad",
      description =
          "Exit with 0 although files of the folder were skipped because they are damaged or no"
              + " PNG or JPEG images; they are named all the same")
  private boolean skipBad;

  /**
   * Checks the options against each other.
   *
   * @throws IllegalArgumentException if they do not fit
   */
  public void check() {
    InputRange.within(1, 1024, "--threads", threads);
    InputRange.within(1, 1_000_000, "--copies", copies);
    if ((policy == null) == (transform == null)) {
      throw new IllegalArgumentException(
          policy == null
              ? "--policy or --transform is needed: what to apply"
              : "--policy and --transform exclude each other");
    }
    if (value != null && values != null) {
      throw new IllegalArgumentException("--value and --values exclude each other");
    }
    if (policy != null && (value != null || values != null)) {
      throw new IllegalArgumentException(
          (value != null ? "--value" : "--values") + " goes with --transform, not with --policy");
    }
    if (transform != null && copies > 1) {
      throw new IllegalArgumentException(
          "--copies goes with --policy: a transform of given value makes equal copies");
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

  /** The policy file, if it is a policy that is applied. */
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
