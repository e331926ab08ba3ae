package io.github.smartaug.data;

import io.github.smartaug.tensor.MemoryNeed;
import io.github.smartaug.tensor.NpyElements;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;

/** Reads labels from an array of whole numbers, [N] or [N,1]. */
final class NumpyLabels {
  /** A guard against numbers that are no classes. */
  private static final int LARGEST = 65_535;

  private static final Map<String, Integer> BYTES =
      Map.of("|u1", 1, "|i1", 1, "<u2", 2, "<i2", 2, "<u4", 4, "<i4", 4, "<u8", 8, "<i8", 8);

  private NumpyLabels() {}

  /**
   * All labels.
   *
   * @throws IllegalArgumentException if the array is of another kind, cut short, or has a number
   *     that is no label
   */
  static int[] read(NpyElements array) throws IOException {
    Integer bytes = BYTES.get(array.dtype());
    if (bytes == null) {
      throw new IllegalArgumentException(
          array.source() + ": dtype " + array.dtype() + ", allowed: whole numbers for labels");
    }
    List<Long> sizes = array.shape();
    boolean row = sizes.size() == 1 || (sizes.size() == 2 && sizes.get(1) == 1);
    if (!row || sizes.get(0) > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          array.source() + ": shape " + sizes + ", allowed: [N] or [N,1], one label per image");
    }
    MemoryNeed.requireOfHeap(array.source(), (double) sizes.get(0) * Integer.BYTES);
    int[] labels = new int[sizes.get(0).intValue()];
    for (int i = 0; i < labels.length; i++) {
      long label = number(array.read(bytes), array.dtype().charAt(1) == 'u');
      if (label < 0 || label > LARGEST) {
        throw new IllegalArgumentException(
            "%s: label %d is %d, allowed: 0..%d".formatted(array.source(), i, label, LARGEST));
      }
      labels[i] = (int) label;
    }
    array.requireEnd();
    return labels;
  }

  private static long number(byte[] bytes, boolean unsigned) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    return switch (bytes.length) {
      case Byte.BYTES -> unsigned ? Byte.toUnsignedInt(buffer.get()) : buffer.get();
      case Short.BYTES -> unsigned ? Short.toUnsignedInt(buffer.getShort()) : buffer.getShort();
      case Integer.BYTES -> unsigned ? Integer.toUnsignedLong(buffer.getInt()) : buffer.getInt();
      default -> buffer.getLong();
    };
  }
}
