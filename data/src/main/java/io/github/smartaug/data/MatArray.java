package io.github.smartaug.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/**
 * An array of a MAT-file, whose elements are read from front to back, column by column as MATLAB
 * has them: the first size changes fastest.
 */
final class MatArray {
  static final int UNSIGNED_BYTE = 2;

  private static final Map<Integer, Integer> BYTES =
      Map.of(1, 1, UNSIGNED_BYTE, 1, 3, 2, 4, 2, 5, 4, 6, 4, 7, 4, 9, 8, 12, 8, 13, 8);

  private final List<Integer> sizes;
  private final int type;
  private final MatStream in;

  private MatArray(List<Integer> sizes, int type, MatStream in) {
    this.sizes = sizes;
    this.type = type;
    this.in = in;
  }

  /**
   * The array of these sizes, whose elements come next.
   *
   * @throws IllegalArgumentException if they are others
   */
  static MatArray of(List<Integer> sizes, MatStream in) throws IOException {
    MatStream.Tag tag = in.tag();
    Integer bytes = BYTES.get(tag.type());
    double wanted =
        sizes.stream().mapToDouble(Integer::doubleValue).reduce(1, (a, b) -> a * b)
            * (bytes == null ? 1 : bytes);
    if (bytes == null || wanted != tag.size() || sizes.stream().anyMatch(size -> size < 0)) {
      throw new IllegalArgumentException(
          "has %d bytes of type %d for the sizes %s, allowed: as many as they need"
              .formatted(tag.size(), tag.type(), sizes));
    }
    return new MatArray(List.copyOf(sizes), tag.type(), in);
  }

  /** Sizes, the one that changes fastest first. */
  List<Integer> sizes() {
    return sizes;
  }

  boolean hasUnsignedBytes() {
    return type == UNSIGNED_BYTE;
  }

  /** The next bytes. */
  byte[] bytes(int count) throws IOException {
    return in.bytes(count).array();
  }

  /** The next number. */
  double number() throws IOException {
    ByteBuffer bytes = in.bytes(BYTES.get(type));
    return switch (type) {
      case 1 -> bytes.get();
      case UNSIGNED_BYTE -> Byte.toUnsignedInt(bytes.get());
      case 3 -> bytes.getShort();
      case 4 -> Short.toUnsignedInt(bytes.getShort());
      case 5 -> bytes.getInt();
      case 6 -> Integer.toUnsignedLong(bytes.getInt());
      case 7 -> bytes.getFloat();
      case 9 -> bytes.getDouble();
      default -> bytes.getLong();
    };
  }
}
