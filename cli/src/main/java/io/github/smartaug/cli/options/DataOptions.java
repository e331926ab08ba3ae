package io.github.smartaug.cli.options;

import io.github.smartaug.data.DatasetBundle;
import io.github.smartaug.data.Datasets;
import io.github.smartaug.input.InputRange;
import io.github.smartaug.nn.Models;
import java.util.Iterator;
import picocli.CommandLine.Option;

/** Which images, and which model learns from them. */
public final class DataOptions {
  @Option(
      names = "--dataset",
      paramLabel = "NAME|FOLDER",
      description = {
        "Images to train on: fashion-mnist-mini (comes with SmartAug), or a folder with the files"
            + " of MNIST, Fashion-MNIST or CIFAR-10 (binary version), or with images as"
            + " train/CLASS/*.png (and test/CLASS/*, val/CLASS/* if there).",
        "Default: ${DEFAULT-VALUE}"
      })
  private String dataset = "fashion-mnist-mini";

  @Option(
      names = "--image-size",
      paramLabel = "PIXELS",
      description = "Bring all images to this height and width. Default: as they are")
  private Integer imageSize;

  @Option(
      names = "--validation-fraction",
      paramLabel = "F",
      description = {
        "Share of the training images that is held out: the policy is learned, and the best epoch"
            + " chosen, on them. Ignored if the data set has validation images of its own.",
        "Default: ${DEFAULT-VALUE}"
      })
  private double validationFraction = Defaults.VALIDATION_FRACTION;

  @Option(
      names = "--limit-train",
      paramLabel = "N",
      description = "Use only N training images (validation included), drawn by class")
  private Integer limitTrain;

  @Option(
      names = "--limit-test",
      paramLabel = "N",
      description = "Use only N test images, drawn by class")
  private Integer limitTest;

  @Option(
      names = "--model",
      paramLabel = "NAME|FILE.pt",
      completionCandidates = ModelNames.class,
      description = {
        "One of ${COMPLETION-CANDIDATES}; or a TorchScript file, which in Python"
            + " torch.jit.script(model).save(\"FILE.pt\") writes. Training goes on from the weights in"
            + " the file; --seed then counts for batches, policy and dropout only.",
        "Default: ${DEFAULT-VALUE}"
      })
  private String model = "lenet";

  /** The name or folder of the data set, as given. */
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
    InputRange.strictlyBetweenZeroAndOne("--validation-fraction", validationFraction);
    if (limitTrain != null) {
      InputRange.atLeast(2, "--limit-train", limitTrain);
    }
    if (limitTest != null) {
      InputRange.atLeast(1, "--limit-test", limitTest);
    }
    model();
  }

  /** Reads all images of the data set, before limits and splits. */
  public DatasetBundle load() {
    return imageSize == null ? Datasets.load(dataset) : Datasets.load(dataset, imageSize);
  }

  /** What is used of them: limited, with validation images held out. */
  public DatasetBundle select(DatasetBundle all, long seed) {
    DatasetBundle bundle = all;
    if (limitTrain != null) {
      bundle = bundle.limitTraining(limitTrain, seed);
    }
    if (limitTest != null) {
      bundle = bundle.limitTest(limitTest);
    }
    return bundle.ensureValidation(validationFraction, seed);
  }

  /** What help lists for the model. */
  static final class ModelNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Models.names().iterator();
    }
  }
}
