package io.github.smartaug.data;

import io.github.smartaug.batch.Batch;
import io.github.smartaug.batch.BatchSource;
import io.github.smartaug.tensor.TensorScope;
import io.github.smartaug.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** All of a batch as a text, to tell whether two are the same. */
final class BatchText {
  private BatchText() {}

  static String of(BatchSource source, long epoch, int index) {
    try (TensorScope scope = TensorScope.open()) {
      Batch batch = source.batch(epoch, index);
      return Arrays.toString(Tensors.toLongs(batch.labels()))
          + Arrays.toString(Tensors.toFloats(batch.images()));
    }
  }

  /** All batches from one epoch until before another. */
  static List<String> ofEpochs(BatchSource source, long first, long end) {
    List<String> batches = new ArrayList<>();
    for (long epoch = first; epoch < end; epoch++) {
      for (int index = 0; index < source.batches(); index++) {
        batches.add(of(source, epoch, index));
      }
    }
    return batches;
  }
}
