package io.github.smartaug.metric;

/**
 * A wrong prediction.
 *
 * @param image its place among the images that were predicted, from 0
 * @param label its class
 * @param predicted the class that it was taken for
 * @param probability that the model gave that one, in [0,1]
 */
public record Mistake(long image, int label, int predicted, double probability) {}
