package io.github.smartaug.train;

/**
 * What a policy does with one transform.
 *
 * @param name of the transform
 * @param probability of being drawn at a position
 * @param magnitude in [0,1]
 */
public record TransformReport(String name, double probability, double magnitude) {}
