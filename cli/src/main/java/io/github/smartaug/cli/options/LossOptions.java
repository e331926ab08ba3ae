package io.github.smartaug.cli.options;

import io.github.smartaug.input.InputRange;
import io.github.smartaug.loss.LabelLoss;
import io.github.smartaug.loss.MixedLoss;
import io.github.smartaug.loss.MixedLoss.CleanBranch;
import java.util.List;
import picocli.CommandLine.Option;

/** The loss of the training images. */
public final class LossOptions {
  /** The values of {@code --class-weights}. */
  enum ClassWeights {
    /** Every image counts alike. */
    NONE,
    /** Every class counts alike. */
    BALANCED;

    @Override
    public String toString() {
      return OptionConverters.of(this);
    }
  }

  @Option(
      names = "--unsupervised-weight",
      paramLabel = "L",
      description = {
        "Weight of the augmented images in the loss: CE(clean) + L (CE(augmented) + KL(clean ||"
            + " augmented)). 0: train on augmented images alone.",
        "Default: ${DEFAULT-VALUE}"
      })
  private double unsupervisedWeight = 1;

  @Option(
      names = "--copies",
      paramLabel = "A",
      description =
          "Augmented copies of each image in the loss, which is their mean. They go through the"
              + " model as one batch. Default: ${DEFAULT-VALUE}")
  private int copies = 1;

  @Option(
      names = "--stop-clean-gradient",
      description = "KL(clean || augmented) moves the predictions for augmented images alone")
  private boolean stopCleanGradient;

  @Option(
      names = "--label-smoothing",
      paramLabel = "E",
      description =
          "Share of the target that is spread over all classes. Default: ${DEFAULT-VALUE}")
  private double labelSmoothing;

  @Option(
      names = "--class-weights",
      paramLabel = "HOW",
      description =
          "none: every training image counts alike. balanced: every class counts alike, however"
              + " many images it has. Default: ${DEFAULT-VALUE}")
  private ClassWeights classWeights = ClassWeights.NONE;

  void check() {
    InputRange.atLeast(0, "--unsupervised-weight", unsupervisedWeight);
    InputRange.atLeast(1, "--copies", copies);
    InputRange.belowOne("--label-smoothing", labelSmoothing);
  }

  /**
   * The same for the library.
   *
   * @param classCounts training images of each class
   */
  public MixedLoss toLoss(int[] classCounts) {
    List<Double> weights =
        switch (classWeights) {
          case NONE -> List.of();
          case BALANCED -> LabelLoss.balancedWeights(classCounts);
        };
    return new MixedLoss(
        unsupervisedWeight,
        copies,
        stopCleanGradient ? CleanBranch.STOPPED : CleanBranch.LEARNS,
        new LabelLoss(labelSmoothing, weights));
  }
}
