package io.github.smartaug.batch;

import org.bytedeco.pytorch.Device;

/**
 * The images of a run.
 *
 * @param training images for inner steps
 * @param validation images for meta steps and for choosing the best epoch; {@link BatchSource#none}
 *     where neither is done
 * @param test images for reporting only; no decision depends on them
 * @param normalization mean and deviation of the training images
 */
public record TrainingData(
    BatchSource training, BatchSource validation, BatchSource test, Normalization normalization) {
  /** The same images; each batch is copied to the device when it is asked for. */
  public TrainingData on(Device device) {
    return new TrainingData(
        new DeviceBatches(training, device),
        new DeviceBatches(validation, device),
        new DeviceBatches(test, device),
        normalization);
  }
}
