package io.github.smartaug.cli.options;

import io.github.smartaug.input.InputRange;
import io.github.smartaug.loss.MixedLoss;
import io.github.smartaug.optim.GradientClipping;
import io.github.smartaug.train.InnerOptimizer;
import io.github.smartaug.train.InnerOptions;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How the model is trained. */
public final class InnerTrainingOptions {
  @Option(names = "--epochs", paramLabel = "N", description = "Default: ${DEFAULT-VALUE}")
  private int epochs = Defaults.EPOCHS;

  @Option(
      names = "--batch-size",
      paramLabel = "B",
      description = "Images per step. Default: ${DEFAULT-VALUE}")
  private int batchSize = Defaults.BATCH_SIZE;

  @Option(
      names = "--scheduler",
      paramLabel = "WHAT",
      description =
          "Learning rate over the epochs: none (constant), cosine (towards 0), multistep (a tenth"
              + " after 1/3, 2/3 and 0.9 of the epochs) or exponential ((1 - epoch/epochs)^0.9)."
              + " Default: ${DEFAULT-VALUE}")
  private LearningRateSchedule scheduler = LearningRateSchedule.COSINE;

  @Option(
      names = "--gradient-clip",
      paramLabel = "NORM",
      description =
          "Largest global norm of the gradients; 0: no clipping. Default: ${DEFAULT-VALUE}")
  private double gradientClip = 1;

  void check() {
    InputRange.atLeast(1, "--epochs", epochs);
    InputRange.atLeast(1, "--batch-size", batchSize);
    InputRange.atLeast(0, "--gradient-clip", gradientClip);
  }

  /** Length of the run. */
  public int epochs() {
    return epochs;
  }

  /** Images per step. */
  public int batchSize() {
    return batchSize;
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
