package io.github.smartaug.train;

import io.github.smartaug.input.InputRange;
import io.github.smartaug.nn.InnerValues;
import io.github.smartaug.nn.Model;
import io.github.smartaug.nn.Precision;
import java.util.OptionalDouble;

/**
 * What a training can do without, and is sometimes better with.
 *
 * @param augmentStart first epoch, from 1, with augmentation; before, the loss is the cross-entropy
 *     of clean images and the policy is not learned
 * @param averageDecay decay, in (0,1), of an exponential moving average of the model over its
 *     steps. With it, all metrics, the choice of the best epoch and the model that a run leaves
 *     behind are the average's; meta steps look at the model itself
 * @param microBatches M: a batch is processed in that many parts, whose gradients are added; fewer
 *     where a part would be too small for batch normalisation. See {@link
 *     io.github.smartaug.meta.AccumulatedObjective} for when this spares memory
 * @param precision of training steps, validation losses and evaluation; parameters are float32
 * @param meta of the policy's learning
 * @param epochChoice which epoch's model the run leaves behind
 * @param innerValues whether gradients keep the values inside the model or compute them again.
 *     Training steps are the same bits; hypergradients are the same to rounding
 */
@SuppressWarnings("OptionalUsedAsFieldOrParameterType")
public record TrainingControls(
    int augmentStart,
    OptionalDouble averageDecay,
    int microBatches,
    Precision precision,
    MetaControls meta,
    EpochChoice epochChoice,
    InnerValues innerValues) {
  /** Checks the numbers. */
  public TrainingControls {
    InputRange.atLeast(1, "augmentation start epoch", augmentStart);
    InputRange.atLeast(1, "micro-batches", microBatches);
    averageDecay.ifPresent(
        decay -> InputRange.strictlyBetweenZeroAndOne("decay of the moving average", decay));
  }

  /** With the latest model within the error of the best. */
  public TrainingControls(
      int augmentStart,
      OptionalDouble averageDecay,
      int microBatches,
      Precision precision,
      MetaControls meta) {
    this(
        augmentStart,
        averageDecay,
        microBatches,
        precision,
        meta,
        EpochChoice.LATEST_WITHIN_ERROR,
        InnerValues.KEPT);
  }

  /**
   * That model in this precision and with its inner values treated so.
   *
   * @throws IllegalArgumentException if it cannot compute them again
   */
  public Model trained(Model model) {
    return precision.of(innerValues.of(model));
  }

  /** Plain training: none of them. */
  public static TrainingControls defaults() {
    return new TrainingControls(
        1, OptionalDouble.empty(), 1, Precision.FLOAT32, MetaControls.defaults());
  }

  /** Begins with plain training. */
  public static Builder builder() {
    return defaults().toBuilder();
  }

  /** Begins with these. */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Makes {@link TrainingControls}: what is not given is as it was at the beginning. */
  @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
  public static final class Builder {
    private int augmentStart;
    private OptionalDouble averageDecay;
    private int microBatches;
    private Precision precision;
    private MetaControls meta;
    private EpochChoice epochChoice;
    private InnerValues innerValues;

    private Builder(TrainingControls values) {
      augmentStart = values.augmentStart;
      averageDecay = values.averageDecay;
      microBatches = values.microBatches;
      precision = values.precision;
      meta = values.meta;
      epochChoice = values.epochChoice;
      innerValues = values.innerValues;
    }

    /** First epoch, from 1, with augmentation. Default: 1. */
    public Builder augmentStart(int value) {
      augmentStart = value;
      return this;
    }

    /** Keeps a moving average of the model, with this decay in (0,1). Default: none. */
    public Builder averageDecay(double decay) {
      averageDecay = OptionalDouble.of(decay);
      return this;
    }

    /** Number of parts in which a batch is processed, M. Default: 1. */
    public Builder microBatches(int value) {
      microBatches = value;
      return this;
    }

    /** Precision of the model, in training and evaluation. Default: float32. */
    public Builder precision(Precision value) {
      precision = value;
      return this;
    }

    /** When and how carefully the policy is learned. */
    public Builder meta(MetaControls value) {
      meta = value;
      return this;
    }

    /** Which epoch's model is left behind. Default: the latest within the error of the best. */
    public Builder epochChoice(EpochChoice value) {
      epochChoice = value;
      return this;
    }

    /** Whether gradients keep the values inside the model. Default: they do. */
    public Builder innerValues(InnerValues value) {
      innerValues = value;
      return this;
    }

    /**
     * The result.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public TrainingControls build() {
      return new TrainingControls(
          augmentStart, averageDecay, microBatches, precision, meta, epochChoice, innerValues);
    }
  }
}
