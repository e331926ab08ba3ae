package io.github.smartaug.cli.options;

import io.github.smartaug.input.InputRange;
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
      description = "An image (.png, .jpg, .jpeg) of any size. Default: see --dataset")
  private String image;

  @Option(
      names = "--dataset",
      paramLabel = "NAME|FOLDER",
      description =
          "Show it on the first training image of a data set. Default: fashion-mnist-mini, which"
              + " comes with SmartAug")
  private String dataset;

  @Option(
      names = "--transforms",
      paramLabel = "NAME|FILE",
      completionCandidates = TransformSetNames.class,
      description = {
        "Every transform of a set, from weakest to strongest: one of ${COMPLETION-CANDIDATES}, or"
            + " a JSON file.",
        "Default, without --policy: " + TransformSets.DEFAULT
      })
  private String transforms;

  @Option(
      names = "--policy",
      paramLabel = "FILE",
      description =
          "A policy file, such as policy.json of a run: its transforms, the likeliest first, over"
              + " the strengths that it draws")
  private String policy;

  @Option(
      names = "--columns",
      paramLabel = "N",
      description = "Strengths per transform. Default: ${DEFAULT-VALUE}")
  private int columns = 7;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE.png",
      description = "Where the picture goes; an earlier one is replaced")
  private String out;

  /**
   * Checks the options against each other.
   *
   * @throws IllegalArgumentException if they do not fit
   */
  public void check() {
    InputRange.within(2, 50, "--columns", columns);
    if (image != null && dataset != null) {
      throw new IllegalArgumentException("IMAGE and --dataset exclude each other");
    }
    if (transforms != null && policy != null) {
      throw new IllegalArgumentException("--transforms and --policy exclude each other");
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

  /** Name or file of the transforms, unless it is a policy that is shown. */
  public String transforms() {
    return transforms == null ? TransformSets.DEFAULT : transforms;
  }

  /** The policy file, if it is a policy that is shown. */
  public Optional<Path> policy() {
    return Optional.ofNullable(policy).map(text -> PathText.parse("--policy", text));
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
