package io.github.smartaug.batch;

import io.github.smartaug.tensor.TensorScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;

/** The batches of another source, copied to a device. */
record DeviceBatches(BatchSource source, Device device) implements ForwardingBatches {
  @Override
  public Batch batch(long epoch, int index) {
    try (TensorScope scope = TensorScope.open()) {
      Batch batch = source.batch(epoch, index);
      Tensor images = batch.images();
      Tensor labels = batch.labels();
      return new Batch(
          scope.keep(images.to(device, images.scalar_type())),
          scope.keep(labels.to(device, labels.scalar_type())));
    }
  }
}
