package io.github.smartaug.train;

import java.util.Optional;

/**
 * One meta step.
 *
 * @param epoch from 1
 * @param step inner step that it came after, from 1, within the epoch
 * @param validationLoss outer loss that was differentiated
 * @param gradientNorm L2 norm of the hypergradient before clipping; NaN if the step was left out
 * @param problem why the step was left out, because a number was not finite; empty if it was done
 */
public record MetaStepReport(
    int epoch, int step, double validationLoss, double gradientNorm, Optional<String> problem) {}
