package io.github.smartaug.train;

import io.github.smartaug.batch.Batch;
import io.github.smartaug.batch.BatchSource;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.Arrays;

/**
 * Images in memory, in their own order in every epoch, the last batch perhaps smaller.
 *
 * @param pixels of all images in turn
 * @param labels one per image
 * @param shape C, H, W
 * @param batchSize images in a batch
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record FixedBatches(double[] pixels, long[] labels, long[] shape, int batchSize)
    implements BatchSource {
  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public int batches() {
    return (labels.length + batchSize - 1) / batchSize;
  }

  @Override
  public Batch batch(long epoch, int index) {
    int from = index * batchSize;
    int images = Math.min(batchSize, labels.length - from);
    int pixelsPerImage = pixels.length / labels.length;
    float[] values = new float[images * pixelsPerImage];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) pixels[from * pixelsPerImage + i];
    }
    try (TensorScope scope = TensorScope.open()) {
      return new Batch(
          scope.keep(Tensors.of(values, images, shape[0], shape[1], shape[2])),
          scope.keep(Tensors.of(Arrays.copyOfRange(labels, from, from + images), images)));
    }
  }
}
