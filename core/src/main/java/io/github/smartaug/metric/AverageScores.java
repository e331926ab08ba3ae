package io.github.smartaug.metric;

/**
 * Scores averaged over classes; NaN if there were no predictions.
 *
 * @param precision in [0,1]
 * @param recall in [0,1]
 * @param f1 in [0,1]; the mean of the classes' F1 scores, not the F1 score of the means
 */
public record AverageScores(double precision, double recall, double f1) {}
