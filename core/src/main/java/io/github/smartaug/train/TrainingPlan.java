package io.github.smartaug.train;

/**
 * The size of a run.
 *
 * @param epochs number of epochs
 * @param stepsPerEpoch inner steps in an epoch
 * @param parameters number of parameters of the model
 */
public record TrainingPlan(int epochs, int stepsPerEpoch, long parameters) {}
