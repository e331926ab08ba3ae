package io.github.smartaug.batch;

import org.bytedeco.pytorch.Device;

/**
 * Labelled images in batches, in an order that is a function of the epoch alone: any batch of any
 * epoch can be asked for at any time, so nothing needs to be saved to go on in the middle of an
 * epoch. All batches are of the same size but the last of an epoch, which may be smaller.
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

  /**
   * A part of each batch, for one of several workers that share the batches: consecutive images.
   * The shards of a batch, one after the other, are the batch, and their sizes differ by at most
   * one. A batch with fewer images than there are shards leaves some of them empty.
   *
   * @param index of the shard, from 0 to {@code count - 1}
   * @param count number of shards, at least 1
   * @throws IllegalArgumentException if a number is out of range
   */
  default BatchSource shard(int index, int count) {
    return new ShardedBatches(this, index, count);
  }

  /** The same batches, brought to a device one by one. */
  default BatchSource on(Device device) {
    return new DeviceBatches(this, device);
  }
}
