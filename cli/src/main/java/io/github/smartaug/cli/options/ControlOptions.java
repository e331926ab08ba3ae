package io.github.smartaug.cli.options;

import io.github.smartaug.input.InputRange;
import io.github.smartaug.loss.MixedLoss;
import io.github.smartaug.nn.InnerValues;
import io.github.smartaug.nn.Precision;
import io.github.smartaug.optim.Schedule;
import io.github.smartaug.train.EpochChoice;
import io.github.smartaug.train.MetaControls;
import io.github.smartaug.train.TrainingControls;
import java.util.OptionalDouble;
import picocli.CommandLine.Option;

/** When what begins, how fast it goes, and what is done beyond plain training. */
public final class ControlOptions {
  /** The values of {@code --warmup-timing}. */
  enum WarmUpTiming {
    /** In as many equal parts as there are epochs. */
    EVEN,
    /** The ancestor's. */
    GRADUAL;

    @Override
    public String toString() {
      return OptionConverters.of(this);
    }
  }

  @Option(
      names = "--warmup-epochs",
      paramLabel = "N",
      description = {
        "Let the learning rate grow linearly over the first N epochs up to --lr; --scheduler runs"
            + " over those that are left. With a multiplier above 1: from --lr to its multiple.",
        "Default: ${DEFAULT-VALUE}"
      })
  private int warmUpEpochs;

  @Option(
      names = "--warmup-multiplier",
      paramLabel = "F",
      description =
          "Learning rate at the end of the warm-up, in multiples of --lr, at least 1. Default:"
              + " ${DEFAULT-VALUE}")
  private double warmUpMultiplier = 1;

  @Option(
      names = "--warmup-timing",
      paramLabel = "HOW",
      description = {
        "even: epoch 1 has the Nth part of the growth. gradual: as GradualWarmupScheduler for"
            + " PyTorch, epoch 1 has none (learning rate 0), epoch N + 1 all of it, and --scheduler"
            + " is made for the whole run, which ends before it does.",
        "Default: ${DEFAULT-VALUE}"
      })
  private WarmUpTiming warmUpTiming = WarmUpTiming.EVEN;

  @Option(
      names = "--augment-start",
      paramLabel = "EPOCH",
      description = {
        "First epoch with augmentation. Before it, the model is trained on clean images alone.",
        "Default: ${DEFAULT-VALUE}"
      })
  private int augmentStart = 1;

  @Option(
      names = "--meta-start",
      paramLabel = "EPOCH",
      description =
          "First epoch in which the policy is learned. Before it, the policy is used as it starts,"
              + " because a model that knows nothing yet says little about transforms. Default: 2,"
              + " or 1 if that is the only epoch")
  private Integer metaStart;

  @Option(
      names = "--meta-scheduler",
      paramLabel = "NAME",
      completionCandidates = NameCandidates.OfSchedules.class,
      description =
          "How --meta-lr changes over the epochs: one of ${bundle:names.schedules}; see"
              + " --scheduler. Default: ${DEFAULT-VALUE}")
  private ScheduleChoice metaScheduler = ScheduleChoice.parse("cosine");

  @Option(
      names = "--validation-batches",
      paramLabel = "V",
      description =
          "Validation batches per step of the policy, at most the whole validation set."
              + " Default: ${DEFAULT-VALUE}")
  private int validationBatches = 2;

  @Option(
      names = "--max-skipped-meta-steps",
      paramLabel = "N",
      description =
          "A step of the policy with NaN or infinite numbers is skipped; end the run after N such"
              + " steps in a row."
              + " Default: ${DEFAULT-VALUE}")
  private int maximumSkipped = MetaControls.defaults().maximumSkipped();

  @Option(
      names = "--accumulate",
      paramLabel = "M",
      description = {
        "Compute the gradient of a batch in M parts, one after another, to save memory. Batch"
            + " normalisation sees one part at a time. Saves nothing where a policy is learned with"
            + " --inner-steps above 1, which keeps the graphs of whole batches.",
        "Default: ${DEFAULT-VALUE}"
      })
  private int accumulate = 1;

  @Option(
      names = "--recompute-activations",
      description =
          "Do not keep the values inside the model for its gradients but compute them again, block"
              + " by block (activation checkpointing): less memory, more time. Training steps are"
              + " the same to the last bit, hypergradients to rounding")
  private boolean recomputeActivations;

  @Option(
      names = "--ema",
      paramLabel = "DECAY",
      description =
          "Average the weights over the steps with this decay, such as 0.999. The averaged model is"
              + " the one that is measured and saved. Default: no average")
  private Double averageDecay;

  @Option(
      names = "--keep-epoch",
      paramLabel = "WHICH",
      description = {
        "Which epoch's model is kept, by accuracy on validation images. latest-within-error: the"
            + " latest that is at most one standard error below the highest. highest: the first"
            + " with the highest. last: the last, whatever its accuracy.",
        "Default: ${DEFAULT-VALUE}"
      })
  private EpochChoice epochChoice = EpochChoice.LATEST_WITHIN_ERROR;

  @Option(
      names = "--refit",
      description = {
        "At the end, train a fresh model on training and validation images together, along the"
            + " policy as it was learned epoch by epoch. It is the model that is kept; the one before"
            + " it stays in before-refit.safetensors"
      })
  private boolean refit;

  @Option(
      names = "--test-time-augmentation",
      paramLabel = "A",
      description =
          "At the end, also measure predictions averaged over A augmented copies of every test"
              + " image. Default: not measured")
  private Integer testTimeCopies;

  void check() {
    InputRange.atLeast(0, "--warmup-epochs", warmUpEpochs);
    InputRange.atLeast(1, "--warmup-multiplier", warmUpMultiplier);
    InputRange.atLeast(1, "--augment-start", augmentStart);
    if (metaStart != null) {
      InputRange.atLeast(1, "--meta-start", metaStart);
    }
    InputRange.atLeast(1, "--validation-batches", validationBatches);
    InputRange.atLeast(1, "--max-skipped-meta-steps", maximumSkipped);
    InputRange.atLeast(1, "--accumulate", accumulate);
    if (averageDecay != null) {
      InputRange.strictlyBetweenZeroAndOne("--ema", averageDecay);
    }
    if (testTimeCopies != null) {
      InputRange.within(1, MixedLoss.MOST_COPIES, "--test-time-augmentation", testTimeCopies);
    }
  }

  /** What would begin after the last epoch would not begin at all. */
  void checkWithin(int epochs) {
    requireBegun("--augment-start", augmentStart, epochs);
    if (metaStart != null) {
      requireBegun("--meta-start", metaStart, epochs);
    }
    if (warmUpEpochs >= epochs) {
      throw new IllegalArgumentException(
          String.format(
              "--warmup-epochs: %d, allowed with --epochs %d: below %d, so that the rate reaches"
                  + " its full height",
              warmUpEpochs, epochs, epochs));
    }
  }

  private static void requireBegun(String option, int epoch, int epochs) {
    if (epoch > epochs) {
      throw new IllegalArgumentException(
          String.format(
              "%s: %d, allowed with --epochs %d: at most %d", option, epoch, epochs, epochs));
    }
  }

  /** That schedule after the warm-up. */
  Schedule warmedUp(Schedule schedule) {
    return switch (warmUpTiming) {
      case EVEN -> schedule.afterWarmUp(warmUpEpochs, warmUpMultiplier);
      case GRADUAL -> schedule.afterGradualWarmUp(warmUpEpochs, warmUpMultiplier);
    };
  }

  /** Copies of each test image at the end; 0 for none. */
  public int testTimeCopies() {
    return testTimeCopies == null ? 0 : testTimeCopies;
  }

  /** Whether a fresh model is trained once the policy is learned. */
  public boolean refits() {
    return refit;
  }

  /** The same for the library. */
  TrainingControls toTrainingControls(int epochs, Precision precision) {
    int firstLearned = metaStart == null ? Math.min(2, epochs) : metaStart;
    return new TrainingControls(
        augmentStart,
        averageDecay == null ? OptionalDouble.empty() : OptionalDouble.of(averageDecay),
        accumulate,
        precision,
        new MetaControls(firstLearned, metaScheduler.schedule(), validationBatches, maximumSkipped),
        epochChoice,
        recomputeActivations ? InnerValues.RECOMPUTED : InnerValues.KEPT);
  }
}
