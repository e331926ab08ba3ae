package io.github.smartaug.train;

/**
 * The images of a run.
 *
 * @param training for the inner steps
 * @param validation for meta steps and for choosing the best epoch
 * @param test for reporting alone
 * @param normalization of the training images
 */
public record TrainingData(
    BatchSource training, BatchSource validation, BatchSource test, Normalization normalization) {}
