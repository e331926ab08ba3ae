package io.github.smartaug.train;

import io.github.smartaug.input.InputRange;
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
 * @param precision of the inner steps; evaluation and validation losses are float32
 * @param meta of the policy's learning
 */
@SuppressWarnings("OptionalUsedAsFieldOrParameterType")
public record TrainingControls(
    int augmentStart,
    OptionalDouble averageDecay,
    int microBatches,
    Precision precision,
    MetaControls meta) {
  /** Checks the numbers. */
  public TrainingControls {
    InputRange.atLeast(1, "augmentation start epoch", augmentStart);
    InputRange.atLeast(1, "micro-batches", microBatches);
    averageDecay.ifPresent(
        decay -> InputRange.strictlyBetweenZeroAndOne("decay of the moving average", decay));
  }

  /** Plain training: none of them. */
  public static TrainingControls defaults() {
    return new TrainingControls(
        1, OptionalDouble.empty(), 1, Precision.FLOAT32, MetaControls.defaults());
  }
}
