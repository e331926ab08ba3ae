package io.github.smartaug.loss;

import io.github.smartaug.tensor.TensorScope;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;

/** Several copies of a batch in one, copy by copy: image i of copy a is at {@code a * B + i}. */
final class Copies {
  private Copies() {}

  /** The batch again and again along its first dimension; one copy is the batch itself. */
  static Tensor repeat(Tensor batch, int copies) {
    if (copies == 1) {
      return batch;
    }
    try (TensorScope scope = TensorScope.open()) {
      long[] repeats = new long[Math.toIntExact(batch.dim())];
      Arrays.fill(repeats, 1);
      repeats[0] = copies;
      return scope.keep(batch.repeat(repeats));
    }
  }
}
