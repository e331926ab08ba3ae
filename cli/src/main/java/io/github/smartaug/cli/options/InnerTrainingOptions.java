package io.github.smartaug.cli.options;

import io.github.smartaug.batch.BatchSizes;
import io.github.smartaug.input.InputRange;
import io.github.smartaug.loss.MixedLoss;
import io.github.smartaug.optim.GradientClipping;
import io.github.smartaug.train.InnerOptimizer;
import io.github.smartaug.train.InnerOptions;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How the model is trained. */
public final class InnerTrainingOptions {
  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Passes over the training images. Default: ${DEFAULT-VALUE}")
  private int epochs = Defaults.EPOCHS;

  @Option(
      names = "--batch-size",
      paramLabel = "B",
      description =
          "Training images per step. Default: "
              + BatchSizes.USUAL
              + ", or less for fewer than 1280 training images, so that an epoch has ten steps and"
              + " leaves out at most a tenth of them")
  private Integer batchSize;

  @Option(
      names = "--scheduler",
      paramLabel = "NAME",
      completionCandidates = NameCandidates.OfSchedules.class,
      description = {
        "How the learning rate changes over the epochs, as a factor of --lr. One of:",
        "${bundle:table.schedules}",
        "Default: ${DEFAULT-VALUE}"
      })
  private ScheduleChoice scheduler = ScheduleChoice.parse("cosine");

  @Option(
      names = "--gradient-clip",
      paramLabel = "NORM",
      description =
          "Scale the gradients of a step down to this norm of all together, if it is larger; 0: never."
              + " Default: ${DEFAULT-VALUE}")
  private double gradientClip = 1;

  void check() {
    InputRange.atLeast(1, "--epochs", epochs);
    if (batchSize != null) {
      InputRange.atLeast(1, "--batch-size", batchSize);
    }
    InputRange.atLeast(0, "--gradient-clip", gradientClip);
  }

  /** Length of the run. */
  public int epochs() {
    return epochs;
  }

  /**
   * Images per step: as given, or what suits the data.
   *
   * @param images for training
   */
  public int batchSize(int images) {
    return batchSize == null ? BatchSizes.suitedTo(images) : batchSize;
  }

  /** The same for the library. */
  public InnerOptions toInnerOptions(InnerOptimizer optimizer, MixedLoss loss) {
    return new InnerOptions(
        optimizer,
        gradientClip == 0 ? Optional.empty() : Optional.of(new GradientClipping(gradientClip)),
        scheduler.schedule(),
        loss);
  }
}
