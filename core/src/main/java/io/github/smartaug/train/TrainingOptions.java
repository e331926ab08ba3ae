package io.github.smartaug.train;

import io.github.smartaug.input.InputRange;

/**
 * How to train.
 *
 * @param epochs at least 1
 * @param inner the training of the model
 * @param meta the learning of the policy; without effect on a policy that does not learn
 * @param seed of every random draw
 * @param controls beyond plain training
 */
public record TrainingOptions(
    int epochs, InnerOptions inner, MetaOptions meta, long seed, TrainingControls controls) {
  /** Checks the number of epochs. */
  public TrainingOptions {
    InputRange.atLeast(1, "epochs", epochs);
  }

  /** With the default controls. */
  public TrainingOptions(int epochs, InnerOptions inner, MetaOptions meta, long seed) {
    this(epochs, inner, meta, seed, TrainingControls.defaults());
  }

  /** The same with other controls. */
  public TrainingOptions withControls(TrainingControls changed) {
    return new TrainingOptions(epochs, inner, meta, seed, changed);
  }
}
