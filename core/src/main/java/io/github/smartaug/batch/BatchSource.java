package io.github.smartaug.batch;

import io.github.smartaug.tensor.TensorScope;
import java.util.OptionalInt;
import org.bytedeco.pytorch.Device;

/**
 * Labelled images in batches. The order of the images depends only on the number of the epoch, and
 * any batch of any epoch can be asked for at any time. So a run can be resumed in the middle of an
 * epoch without saving anything about its data. All batches of an epoch have the same size, except
 * the last, which may be smaller.
 */
public interface BatchSource {
  /** A source without images, where there is nothing to validate on. */
  static BatchSource none() {
    return NoBatches.INSTANCE;
  }

  /** Number of images in an epoch. */
  int size();

  /** Number of batches in an epoch, at least 1 but for {@link #none}. */
  int batches();

  /** Number of classes that the images are of, if the source knows it. */
  default OptionalInt classCount() {
    return OptionalInt.empty();
  }

  /**
   * One batch.
   *
   * @param epoch from 0; determines the order
   * @param index from 0 to {@code batches() - 1}
   * @return tensors that belong to the caller's scope
   */
  Batch batch(long epoch, int index);

  /**
   * The same batch on a device. A source that has its images as bytes copies these to the device,
   * and makes floats of them there.
   *
   * @return tensors that belong to the caller's scope
   */
  default Batch batchOn(Device device, long epoch, int index) {
    try (TensorScope scope = TensorScope.open()) {
      Batch batch = batch(epoch, index).on(device);
      return new Batch(scope.keep(batch.images()), scope.keep(batch.labels()));
    }
  }

  /**
   * The first images of a batch. A source that decodes its images when they are asked for decodes
   * no others.
   *
   * @param most number of images, at least 1; fewer if the batch has fewer
   * @return tensors that belong to the caller's scope
   */
  default Batch firstOfBatch(long epoch, int index, int most) {
    return batch(epoch, index).first(most);
  }

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
