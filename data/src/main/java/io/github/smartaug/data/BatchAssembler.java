package io.github.smartaug.data;

import io.github.smartaug.batch.Batch;
import io.github.smartaug.batch.ImageShape;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.nio.ByteBuffer;
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
   * The batch of the images at {@code order[start] .. order[end - 1]}.
   *
   * @return images float32 [B,C,H,W], each pixel exactly {@code (float) byte / 255}; labels int64
   *     [B]; both on the CPU and in the caller's scope
   */
  static Batch assemble(ImageDataset dataset, int[] order, int start, int end) {
    try (TensorScope scope = TensorScope.open()) {
      ImageShape shape = dataset.shape();
      long[] sizes = {end - start, shape.channels(), shape.height(), shape.width()};
      Tensor bytes = torch.empty(sizes, new TensorOptions(ScalarType.Byte), null);
      long[] labels = new long[end - start];
      ByteBuffer buffer = bytes.createBuffer();
      for (int i = start; i < end; i++) {
        dataset.copyPixels(order[i], buffer);
        labels[i - start] = dataset.label(order[i]);
      }
      Tensor images = bytes.to(ScalarType.Float).div_(new Scalar(WHITE));
      return new Batch(scope.keep(images), scope.keep(Tensors.of(labels, labels.length)));
    }
  }
}
