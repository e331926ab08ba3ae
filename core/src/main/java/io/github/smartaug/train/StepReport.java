package io.github.smartaug.train;

/**
 * One inner step.
 *
 * @param epoch from 1
 * @param step from 1, within the epoch
 * @param steps in an epoch
 * @param loss of the step
 * @param gradientNorm L2 norm of the gradient of all parameters, before clipping
 */
public record StepReport(int epoch, int step, int steps, double loss, double gradientNorm) {}
