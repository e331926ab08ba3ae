package io.github.smartaug.batch;

import org.bytedeco.pytorch.Device;

/**
 * Labelled images in batches, in an order that is a function of the epoch alone: any batch of any
 * epoch can be asked for at any time, so nothing needs to be saved to go on in the middle of an
 * epoch.
 */
public interface BatchSource {
  /** Number of images in an epoch. */
  int size();

  /** Number of batches in an epoch, at least 1. */
  int batches();

  /**
   * One batch.
   *
   * @param epoch from 0; decides the order
   * @param index from 0 to {@code batches() - 1}
   * @return tensors that belong to the caller's scope
   */
  Batch batch(long epoch, int index);

  /** The same batches, brought to a device one by one. */
  default BatchSource on(Device device) {
    return new DeviceBatches(this, device);
  }
}
