package io.github.smartaug.train;

/**
 * Signal and noise of the hypergradient of one number, over the meta steps of an epoch.
 *
 * @param parameter name of the learned parameter, such as {@code logits}
 * @param entry name of the number within it, such as that of a transform; empty if the parameter is
 *     a single number
 * @param steps number of meta steps
 * @param mean of the hypergradient, without the policy's penalty, before clipping; negative: a
 *     larger number would have made the validation loss smaller
 * @param standardError of the mean, of the steps as they are; NaN of fewer than two
 * @param t mean over standard error, the signal-to-noise ratio; NaN where there is no noise
 */
public record GradientReport(
    String parameter, String entry, long steps, double mean, double standardError, double t) {}
