package io.github.smartaug.batch;

import org.bytedeco.pytorch.Device;

/**
 * The images of a run.
 *
 * @param training for the inner steps
 * @param validation for meta steps and for choosing the best epoch
 * @param test for reporting alone
 * @param normalization of the training images
 */
public record TrainingData(
    BatchSource training, BatchSource validation, BatchSource test, Normalization normalization) {
  /** The same images, brought to a device batch by batch. */
  public TrainingData on(Device device) {
    return new TrainingData(
        new DeviceBatches(training, device),
        new DeviceBatches(validation, device),
        new DeviceBatches(test, device),
        normalization);
  }
}
