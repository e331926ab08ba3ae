package io.github.smartaug.cli.options;

import io.github.smartaug.input.InputRange;
import io.github.smartaug.optim.Schedule;
import io.github.smartaug.train.MetaControls;
import io.github.smartaug.train.TrainingControls;
import java.util.OptionalDouble;
import picocli.CommandLine.Option;

/** When what begins, how fast it goes, and what is done beyond plain training. */
public final class ControlOptions {
  @Option(
      names = "--warmup-epochs",
      paramLabel = "N",
      description = {
        "The learning rate grows along a line from epoch 1 to epoch N + 1, then --scheduler begins:"
            + " from 0 to --lr, or with a multiplier above 1 from --lr to its multiple.",
        "Default: ${DEFAULT-VALUE}"
      })
  private int warmUpEpochs;

  @Option(
      names = "--warmup-multiplier",
      paramLabel = "F",
      description = "Of --lr at the end of the warm-up, at least 1. Default: ${DEFAULT-VALUE}")
  private double warmUpMultiplier = 1;

  @Option(
      names = "--augment-start",
      paramLabel = "EPOCH",
      description = {
        "First epoch with augmentation; before, the loss is the cross-entropy of clean images.",
        "Default: ${DEFAULT-VALUE}"
      })
  private int augmentStart = 1;

  @Option(
      names = "--meta-start",
      paramLabel = "EPOCH",
      description =
          "First epoch in which the policy is learned; before, it is used as it starts."
              + " Default: ${DEFAULT-VALUE}")
  private int metaStart = 1;

  @Option(
      names = "--meta-scheduler",
      paramLabel = "WHAT",
      description =
          "Meta learning rate over the epochs, as --scheduler, without warm-up."
              + " Default: ${DEFAULT-VALUE}")
  private LearningRateSchedule metaScheduler = LearningRateSchedule.NONE;

  @Option(
      names = "--validation-batches",
      paramLabel = "V",
      description =
          "Validation batches that a meta step sees together, at most the whole set."
              + " Default: ${DEFAULT-VALUE}")
  private int validationBatches = 1;

  @Option(
      names = "--max-skipped-meta-steps",
      paramLabel = "N",
      description =
          "End the run after so many meta steps in a row whose numbers were not finite."
              + " Default: ${DEFAULT-VALUE}")
  private int maximumSkipped = MetaControls.defaults().maximumSkipped();

  @Option(
      names = "--accumulate",
      paramLabel = "M",
      description = {
        "Process a batch in M parts one after another and add their gradients: for models that do"
            + " not fit otherwise. Batch normalisation sees the parts. While a policy is learned"
            + " with more than one inner step, the graphs that are kept are those of whole batches.",
        "Default: ${DEFAULT-VALUE}"
      })
  private int accumulate = 1;

  @Option(
      names = "--precision",
      paramLabel = "TYPE",
      description =
          "float32, or bfloat16: inner steps compute convolutions and matrix products in bfloat16;"
              + " weights and gradients stay float32. Default: ${DEFAULT-VALUE}")
  private TrainingPrecision precision = TrainingPrecision.FLOAT32;

  @Option(
      names = "--ema",
      paramLabel = "DECAY",
      description =
          "Keep an exponential moving average of the weights, such as 0.999: metrics, the choice of"
              + " the best epoch and the saved model are the average's. Default: none")
  private Double averageDecay;

  @Option(
      names = "--test-time-augmentation",
      paramLabel = "A",
      description =
          "At the end, predict test images from A augmented copies each, too. Default: none")
  private Integer testTimeCopies;

  void check() {
    InputRange.atLeast(0, "--warmup-epochs", warmUpEpochs);
    InputRange.atLeast(1, "--warmup-multiplier", warmUpMultiplier);
    InputRange.atLeast(1, "--augment-start", augmentStart);
    InputRange.atLeast(1, "--meta-start", metaStart);
    InputRange.atLeast(1, "--validation-batches", validationBatches);
    InputRange.atLeast(1, "--max-skipped-meta-steps", maximumSkipped);
    InputRange.atLeast(1, "--accumulate", accumulate);
    if (averageDecay != null) {
      InputRange.strictlyBetweenZeroAndOne("--ema", averageDecay);
    }
    if (testTimeCopies != null) {
      InputRange.atLeast(1, "--test-time-augmentation", testTimeCopies);
    }
  }

  /** That schedule after the warm-up. */
  Schedule warmedUp(Schedule schedule) {
    return schedule.afterWarmUp(warmUpEpochs, warmUpMultiplier);
  }

  /** Copies of each test image at the end; 0 for none. */
  public int testTimeCopies() {
    return testTimeCopies == null ? 0 : testTimeCopies;
  }

  /** The same for the library. */
  TrainingControls toTrainingControls() {
    return new TrainingControls(
        augmentStart,
        averageDecay == null ? OptionalDouble.empty() : OptionalDouble.of(averageDecay),
        accumulate,
        precision.precision(),
        new MetaControls(metaStart, metaScheduler.schedule(), validationBatches, maximumSkipped));
  }
}
