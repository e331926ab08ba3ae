package io.github.smartaug.augment;

import org.bytedeco.pytorch.Tensor;

/**
 * An augmented batch.
 *
 * @param images float [B,C,H,W] in [0,1]
 * @param lossWeights [B], mean 1: how much the loss of each image counts
 */
public record Augmented(Tensor images, Tensor lossWeights) {}
