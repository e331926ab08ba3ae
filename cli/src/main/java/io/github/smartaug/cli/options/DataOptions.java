package io.github.smartaug.cli.options;

import io.github.smartaug.data.BadImages;
import io.github.smartaug.data.DatasetBundle;
import io.github.smartaug.data.Datasets;
import io.github.smartaug.data.ImageDecoder;
import io.github.smartaug.data.Resizing;
import io.github.smartaug.input.InputRange;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which images, and which model learns from them. */
public final class DataOptions {
  @Option(
      names = "--dataset",
      paramLabel = "NAME|PATH",
      converter = DatasetText.class,
      completionCandidates = NameCandidates.OfDatasets.class,
      description = {
        "Images to train on. One of:",
        "${bundle:table.data-sets}",
        "or the path of a folder or file of one of these formats:",
        "${bundle:table.data-formats}",
        "Default: ${DEFAULT-VALUE}"
      })
  private String dataset = "fashion-mnist-mini";

  @Option(
      names = "--image-size",
      paramLabel = "PIXELS",
      description = "Resize all images to this height and width. Default: images keep their size")
  private Integer imageSize;

  @Option(
      names = "--channels",
      paramLabel = "1|3",
      description =
          "Make all images grey (1) or coloured (3), as a model may want them: one from elsewhere,"
              + " by --pretrained or FILE.pt, often takes 3. Default: 1 if all images are grey,"
              + " otherwise 3")
  private Integer channels;

  @Option(
      names = "--skip-bad",
      description =
          "Leave out image files that cannot be read, and name them. Default: they are named,"
              + " and nothing is trained")
  private boolean skipBad;

  @Option(
      names = PixelLimit.OPTION,
      paramLabel = "N",
      description = {PixelLimit.MEANING, "Default: ${DEFAULT-VALUE}"})
  private long maxPixels = ImageDecoder.MAX_PIXELS;

  @Mixin private final LoaderChoice loader = new LoaderChoice();

  @Mixin private final SplitOptions split = new SplitOptions();

  @Option(
      names = "--model",
      paramLabel = "NAME|FILE.pt|RUN",
      converter = ModelOfRun.class,
      completionCandidates = NameCandidates.OfModels.class,
      description = {
        "The network that learns. One of:",
        "${bundle:table.models}",
        "or a TorchScript file, which Python writes by",
        "  torch.jit.script(model).save(\"FILE.pt\")",
        "or the folder of a run, for the model that it trained, on images of as many channels and"
            + " classes; images are normalised as the new ones are.",
        "Training starts from the weights in the file or the run, whatever the seed.",
        "Default: ${DEFAULT-VALUE}"
      })
  private String model = "lenet";

  /** The name or path of the data set, as given. */
  public String dataset() {
    return dataset;
  }

  /** Which model. */
  public ModelChoice model() {
    return ModelChoice.parse(model);
  }

  void check() {
    if (imageSize != null) {
      InputRange.atLeast(1, "--image-size", imageSize);
    }
    if (channels != null && channels != 1 && channels != 3) {
      throw new IllegalArgumentException("--channels: " + channels + ", allowed: 1, 3");
    }
    PixelLimit.check(maxPixels);
    loader.check();
    split.check();
    model();
  }

  /** Reads all images of the data set, before limits and splits. */
  public DatasetBundle load() {
    if (Datasets.path(dataset).isEmpty()) {
      NamedThings.DATASETS.requireKnown(dataset);
    }
    Resizing resized = imageSize == null ? Resizing.NONE : Resizing.toSquare(imageSize);
    Resizing resizing = channels == null ? resized : resized.withChannels(channels);
    return Datasets.load(
        dataset,
        resizing.acceptingUpTo(maxPixels),
        skipBad ? BadImages.LEAVE_OUT : BadImages.REFUSE,
        loader.options());
  }

  /** Which of the images are for what. */
  public SplitOptions split() {
    return split;
  }

  /** What is used of them, with validation images. */
  public DatasetBundle select(DatasetBundle all, long seed) {
    return split.select(all, seed);
  }
}
