package io.github.smartaug.batch;

import io.github.smartaug.tensor.TensorScope;
import org.bytedeco.pytorch.Device;

/** The batches of another source, copied to a device. */
record DeviceBatches(BatchSource source, Device device) implements ForwardingBatches {
  @Override
  public Batch batch(long epoch, int index) {
    return source.batchOn(device, epoch, index);
  }

  @Override
  public Batch firstOfBatch(long epoch, int index, int most) {
    try (TensorScope scope = TensorScope.open()) {
      Batch first = source.firstOfBatch(epoch, index, most).on(device);
      return new Batch(scope.keep(first.images()), scope.keep(first.labels()));
    }
  }
}
