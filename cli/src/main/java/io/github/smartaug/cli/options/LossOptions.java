package io.github.smartaug.cli.options;

import io.github.smartaug.input.InputRange;
import io.github.smartaug.loss.LabelLoss;
import io.github.smartaug.loss.MixedLoss;
import io.github.smartaug.loss.MixedLoss.CleanBranch;
import io.github.smartaug.loss.MixedLoss.RunningStatistics;
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

  /** The values of {@code --running-statistics}. */
  enum Statistics {
    /** Clean images move them. */
    CLEAN(RunningStatistics.CLEAN),
    /** All images move them. */
    ALL(RunningStatistics.ALL);

    private final RunningStatistics inLoss;

    Statistics(RunningStatistics inLoss) {
      this.inLoss = inLoss;
    }

    @Override
    public String toString() {
      return OptionConverters.of(this);
    }
  }

  @Option(
      names = {"--augmented-weight", "--unsupervised-weight"},
      paramLabel = "L",
      description = {
        "Weight L of the augmented images in the loss:",
        "CE(clean) + L (CE(augmented) + KL(clean || augmented))",
        "where CE is the cross-entropy, KL the divergence of predictions. 0: only CE(augmented)."
            + " --unsupervised-weight is its earlier name.",
        "Default: ${DEFAULT-VALUE}"
      })
  private double augmentedWeight = 1;

  @Option(
      names = "--copies",
      paramLabel = "A",
      description =
          "Augmented copies of every image; their losses are averaged. All copies go through the"
              + " model as one batch. Default: ${DEFAULT-VALUE}")
  private int copies = 1;

  @Option(
      names = "--stop-clean-gradient",
      description =
          "Treat the predictions for clean images in KL(clean || augmented) as a fixed target")
  private boolean stopCleanGradient;

  @Option(
      names = "--running-statistics",
      paramLabel = "OF",
      description =
          "Which images move the running statistics of batch normalisation. clean: the clean ones;"
              + " augmented ones use those of their own batch, as always in training. all: the clean"
              + " ones, then the augmented ones. With --augmented-weight 0 augmented images move them"
              + " in any case. Default: ${DEFAULT-VALUE}")
  private Statistics runningStatistics = Statistics.CLEAN;

  @Option(
      names = "--label-smoothing",
      paramLabel = "E",
      description =
          "Share of the target probability that is spread over all classes. Default: ${DEFAULT-VALUE}")
  private double labelSmoothing;

  @Option(
      names = "--class-weights",
      paramLabel = "HOW",
      description =
          "none: every training image counts alike. balanced: every class counts alike, however"
              + " many images it has. Default: ${DEFAULT-VALUE}")
  private ClassWeights classWeights = ClassWeights.NONE;

  void check() {
    InputRange.atLeast(0, "--augmented-weight", augmentedWeight);
    InputRange.within(1, MixedLoss.MOST_COPIES, "--copies", copies);
    InputRange.belowOne("--label-smoothing", labelSmoothing);
  }

  /** Augmented copies of an image. */
  public int copies() {
    return copies;
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
        augmentedWeight,
        copies,
        stopCleanGradient ? CleanBranch.STOPPED : CleanBranch.LEARNS,
        new LabelLoss(labelSmoothing, weights),
        runningStatistics.inLoss);
  }
}
