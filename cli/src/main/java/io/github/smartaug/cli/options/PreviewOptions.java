package io.github.smartaug.cli.options;

import io.github.smartaug.data.ImageDecoder;
import io.github.smartaug.data.Resizing;
import io.github.smartaug.input.InputRange;
import io.github.smartaug.transform.TransformSet;
import io.github.smartaug.transform.TransformSets;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is shown, and on which picture. */
public final class PreviewOptions {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "IMAGE",
      description =
          "The picture to transform: PNG, JPEG, BMP, GIF, TIFF or WebP, of any size. Default: see"
              + " --dataset")
  private String image;

  @Option(
      names = "--dataset",
      completionCandidates = NameCandidates.OfDatasets.class,
      paramLabel = "NAME|PATH",
      description =
          "Transform the first training image of this data set. Default: fashion-mnist-mini")
  private String dataset;

  @Option(
      names = "--transforms",
      paramLabel = "NAME|FILE.json",
      completionCandidates = NameCandidates.OfTransformSets.class,
      description = {
        "Show every transform of a set, from its weakest to its strongest. One of:",
        "${bundle:table.transform-sets}",
        "or a JSON file of the same format as these sets.",
        "Default, without --policy: " + TransformSets.DEFAULT
      })
  private String transforms;

  @Option(
      names = "--policy",
      paramLabel = "RUN|FILE.json",
      description =
          "Show the transforms of the policy of a run, or of a policy file: the likeliest first,"
              + " each over the strengths that the policy draws")
  private String policy;

  @Option(
      names = "--columns",
      paramLabel = "N",
      description = "Pictures per transform, of different strengths. Default: ${DEFAULT-VALUE}")
  private int columns = 7;

  @Option(
      names = PixelLimit.OPTION,
      paramLabel = "N",
      description = {PixelLimit.MEANING, "Default: ${DEFAULT-VALUE}"})
  private long maxPixels = ImageDecoder.MAX_PIXELS;

  @Option(
      names = "--out",
      paramLabel = "FILE.png",
      description = "File to write; an earlier one is replaced. Default: ${DEFAULT-VALUE}")
  private String out = "preview.png";

  /**
   * Checks the options against each other.
   *
   * @throws IllegalArgumentException if they do not fit
   */
  public void check() {
    InputRange.within(2, 50, "--columns", columns);
    PixelLimit.check(maxPixels);
    if (image != null && dataset != null) {
      throw new IllegalArgumentException("--dataset: given with IMAGE, allowed: one of them");
    }
    if (transforms != null && policy != null) {
      throw new IllegalArgumentException("--transforms: given with --policy, allowed: one of them");
    }
  }

  /** The picture, if given. */
  public Optional<Path> image() {
    return Optional.ofNullable(image).map(text -> PathText.parse("IMAGE", text));
  }

  /** The data set whose first image is used without a picture. */
  public Optional<String> dataset() {
    return Optional.ofNullable(dataset);
  }

  /**
   * The transforms, unless it is a policy that is shown.
   *
   * @throws IllegalArgumentException if there is no such set, or its file is wrong
   */
  public TransformSet transforms() {
    return TransformSetChoice.resolve(transforms == null ? TransformSets.DEFAULT : transforms);
  }

  /** The policy file or the folder of its run, if it is a policy that is shown. */
  public Optional<Path> policy() {
    return Optional.ofNullable(policy).map(text -> PathText.parse("--policy", text));
  }

  /** How images are read: in their size, if they are not too large. */
  public Resizing reading() {
    return PixelLimit.upTo(maxPixels);
  }

  /** Strengths per transform. */
  public int columns() {
    return columns;
  }

  /** Where the picture goes. */
  public Path out() {
    return PathText.parse("--out", out);
  }
}
