package io.github.smartaug.data;

import io.github.smartaug.batch.Batch;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.nio.ByteBuffer;
import java.util.List;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Turns images of a data set into tensors: the only place where bytes become floats. */
final class BatchAssembler {
  private static final double WHITE = 255;

  private BatchAssembler() {}

  /**
   * The batch of some images.
   *
   * @param images their numbers in the set
   * @param pixels unsigned bytes of each
   * @return images float32 [B,C,H,W], each pixel exactly {@code (float) byte / 255}; labels int64
   *     [B]; both on the CPU and in the caller's scope
   */
  static Batch assemble(ImageDataset dataset, int[] images, List<byte[]> pixels) {
    try (TensorScope scope = TensorScope.open()) {
      return new Batch(
          scope.keep(floats(bytes(dataset.shape(), pixels))), scope.keep(labels(dataset, images)));
    }
  }

  /** The same on a device, to which a byte per pixel is copied: a quarter of the floats. */
  static Batch assemble(ImageDataset dataset, int[] images, List<byte[]> pixels, Device device) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor bytes = on(device, bytes(dataset.shape(), pixels), ScalarType.Byte);
      Tensor labels = on(device, labels(dataset, images), ScalarType.Long);
      return new Batch(scope.keep(floats(bytes)), scope.keep(labels));
    }
  }

  /**
   * The copy to a GPU starts from page-locked memory, so it is queued there and this thread does
   * not wait for it.
   */
  private static Tensor on(Device device, Tensor host, ScalarType type) {
    return device.is_cuda()
        ? host.pin_memory().to(device, type, true, false, new MemoryFormatOptional())
        : host.to(device, type);
  }

  private static Tensor floats(Tensor bytes) {
    return bytes.to(ScalarType.Float).div_(new Scalar(WHITE));
  }

  private static Tensor bytes(ImageShape shape, List<byte[]> pixels) {
    long[] sizes = {pixels.size(), shape.channels(), shape.height(), shape.width()};
    Tensor bytes = torch.empty(sizes, new TensorOptions(ScalarType.Byte), null);
    ByteBuffer buffer = bytes.createBuffer();
    pixels.forEach(buffer::put);
    return bytes;
  }

  private static Tensor labels(ImageDataset dataset, int[] images) {
    long[] labels = new long[images.length];
    for (int i = 0; i < images.length; i++) {
      labels[i] = dataset.label(images[i]);
    }
    return Tensors.of(labels, labels.length);
  }
}
