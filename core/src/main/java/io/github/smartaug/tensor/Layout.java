package io.github.smartaug.tensor;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The order of a tensor's elements in memory: row-major, channels last. Kernels add numbers up in
 * that order, so equal values in another layout can give results that differ by rounding.
 */
public final class Layout {
  private Layout() {}

  /** Distance in memory between neighbours along each dimension, counted in elements. */
  public static long[] strides(Tensor tensor) {
    long[] strides = new long[(int) tensor.dim()];
    for (int i = 0; i < strides.length; i++) {
      strides[i] = tensor.stride(i);
    }
    return strides;
  }

  /** Whether the strides are those of a new tensor of that shape: the last index runs fastest. */
  public static boolean isRowMajor(Tensor tensor) {
    long[] shape = tensor.shape();
    long[] expected = new long[shape.length];
    long stride = 1;
    for (int i = shape.length - 1; i >= 0; i--) {
      expected[i] = stride;
      stride *= Math.max(1, shape[i]);
    }
    return Arrays.equals(strides(tensor), expected);
  }

  /** Whether the elements lie without gaps and overlaps, as {@link #copy} requires. */
  public static boolean isDense(Tensor tensor) {
    return tensor.is_non_overlapping_and_dense();
  }

  /**
   * Whether no two tensors share memory, nor elements of one: each can be overwritten by itself.
   */
  public static boolean areSeparate(List<Tensor> tensors) {
    Set<Long> memories = new HashSet<>();
    for (Tensor tensor : tensors) {
      try (TensorScope scope = TensorScope.open()) {
        if (!isDense(tensor) || !memories.add(tensor.storage().data().address())) {
          return false;
        }
      }
    }
    return true;
  }

  /** A copy with these strides, which must leave no gap and no overlap. */
  public static Tensor copy(Tensor tensor, long[] strides) {
    try (TensorScope scope = TensorScope.open()) {
      Tensor copy = torch.empty_strided(tensor.shape(), strides, tensor.options());
      copy.copy_(tensor);
      return scope.keep(copy);
    }
  }
}
