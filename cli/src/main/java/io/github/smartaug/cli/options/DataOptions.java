package io.github.smartaug.cli.options;

import io.github.smartaug.data.BadImages;
import io.github.smartaug.data.DatasetBundle;
import io.github.smartaug.data.Datasets;
import io.github.smartaug.data.ImageDecoder;
import io.github.smartaug.data.ImageFit;
import io.github.smartaug.data.LoadingListener;
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
      description =
          "Resize all images to this height and width, in the way that --fit says. Default: images"
              + " keep their size")
  private Integer imageSize;

  @Option(
      names = "--fit",
      paramLabel = "squash|crop|random-crop",
      description = {
        "How --image-size makes squares of images that are none.",
        "squash, stretches or squeezes them;",
        "crop, resizes the shorter side to --image-size / 0.875, and cuts out the centre;",
        "random-crop, does so with validation and test images; of a training image every epoch sees"
            + " another part, of at least 0.08 of its area.",
        "Default: ${DEFAULT-VALUE}"
      })
  private ImageFit fit = ImageFit.SQUASH;

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
    } else if (fit != ImageFit.SQUASH) {
      throw new IllegalArgumentException(
          "--fit: " + fit + ", allowed without --image-size: " + ImageFit.SQUASH);
    }
    if (channels != null && channels != 1 && channels != 3) {
      throw new IllegalArgumentException("--channels: " + channels + ", allowed: 1, 3");
    }
    PixelLimit.check(maxPixels);
    loader.check();
    split.check();
    model();
  }

  /**
   * Reads all images of the data set, before limits and splits.
   *
   * @param listener hears how far it is
   */
  public DatasetBundle load(LoadingListener listener) {
    if (Datasets.path(dataset).isEmpty()) {
      NamedThings.DATASETS.requireKnown(dataset);
    }
    Resizing resized = imageSize == null ? Resizing.NONE : fit.to(imageSize);
    Resizing resizing = channels == null ? resized : resized.withChannels(channels);
    return Datasets.load(
        dataset,
        resizing.acceptingUpTo(maxPixels),
        skipBad ? BadImages.LEAVE_OUT : BadImages.REFUSE,
        loader.options().heardBy(listener));
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
