package io.github.smartaug.train;

/**
 * How to train.
 *
 * @param epochs at least 1
 * @param inner the training of the model
 * @param meta the learning of the policy; without effect on a policy that does not learn
 * @param seed of every random draw
 */
public record TrainingOptions(int epochs, InnerOptions inner, MetaOptions meta, long seed) {
  /** Checks the number of epochs. */
  public TrainingOptions {
    InnerOptions.requireRange("epochs", epochs, 1, Integer.MAX_VALUE, "at least 1");
  }
}
