package io.github.smartaug.loss;

import io.github.smartaug.augment.Augmented;
import io.github.smartaug.augment.LossWeights;
import io.github.smartaug.batch.Batch;
import io.github.smartaug.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Consecutive images of a batch.
 *
 * @param start position of the first
 * @param size their number
 * @param whole number of images of the batch
 */
record BatchSlice(int start, int size, int whole) {
  static BatchSlice whole(Batch batch) {
    return new BatchSlice(0, batch.size(), batch.size());
  }

  boolean isWhole() {
    return size == whole;
  }

  /** Parts of this part, whose sizes differ by at most one. */
  List<BatchSlice> split(int parts) {
    if (parts < 1 || parts > size) {
      throw new IllegalArgumentException(
          parts + " parts of " + size + " images, allowed: 1 to " + size);
    }
    List<BatchSlice> result = new ArrayList<>();
    for (int p = 0; p < parts; p++) {
      int from = (int) ((long) p * size / parts);
      int to = (int) ((p + 1L) * size / parts);
      result.add(new BatchSlice(start + from, to - from, whole));
    }
    return result;
  }

  /** The rows of these images, in the caller's scope. */
  Tensor of(Tensor batch) {
    return isWhole() ? batch : batch.narrow(0, start, size);
  }

  /**
   * These images with their weights, which stay as they were in the batch.
   *
   * @param batch augmented copies of all images, copy by copy
   * @param copies their number
   */
  Augmented of(Augmented batch, int copies) {
    if (isWhole()) {
      return batch;
    }
    LossWeights weights = batch.weights();
    return new Augmented(
        ofCopies(batch.images(), copies),
        new LossWeights(ofCopies(weights.values(), copies), weights.gradient()));
  }

  private Tensor ofCopies(Tensor batch, int copies) {
    return Tensors.concatenate(
        IntStream.range(0, copies)
            .mapToObj(copy -> batch.narrow(0, (long) copy * whole + start, size))
            .toList(),
        0);
  }

  /** What a mean over these images adds to the mean over the batch. */
  Tensor share(Tensor mean) {
    return isWhole() ? mean : mean.mul(new Scalar((double) size / whole));
  }
}
