package io.github.smartaug.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * What the images of a set are called: names of a set as it was read, and which of them. A million
 * names of files are one array of bytes, not a million objects.
 */
final class ImageNames {
  private static final IntFunction<String> NUMBERS = Integer::toString;

  /** Of the set as it was read; compared by identity. */
  private final IntFunction<String> names;

  /** Which of them; null for all, in their order. */
  private final int[] positions;

  private ImageNames(IntFunction<String> names, int[] positions) {
    this.names = names;
    this.positions = positions;
  }

  /** Of images that have nothing but a number. */
  static ImageNames numbers() {
    return new ImageNames(NUMBERS, null);
  }

  /** Of images with these names. */
  static ImageNames texts(int size, IntFunction<String> name) {
    return new ImageNames(PackedTexts.of(size, name), null);
  }

  /** Numbers become those of a set; other names stay. */
  ImageNames numberedIn(String set) {
    return names == NUMBERS ? new ImageNames(number -> set + "/" + number, positions) : this;
  }

  String of(int index) {
    return names.apply(position(index));
  }

  private int position(int index) {
    return positions == null ? index : positions[index];
  }

  ImageNames subset(int[] indices) {
    return new ImageNames(names, IntStream.of(indices).map(this::position).toArray());
  }

  /**
   * These and others, one after the other.
   *
   * @param size number of these
   */
  ImageNames with(int size, int otherSize, ImageNames others) {
    if (names == others.names) {
      int[] all = IntStream.concat(positions(size), others.positions(otherSize)).toArray();
      return new ImageNames(names, all);
    }
    return new ImageNames(i -> i < size ? of(i) : others.of(i - size), null);
  }

  private IntStream positions(int size) {
    return IntStream.range(0, size).map(this::position);
  }

  /** The indices in the order of the set as it was read; empty if they are. */
  Optional<int[]> order() {
    if (positions == null || IntStream.range(1, positions.length).allMatch(this::follows)) {
      return Optional.empty();
    }
    // The position above, the index below: sorts without a million boxed numbers.
    long[] keys =
        IntStream.range(0, positions.length)
            .mapToLong(i -> (long) positions[i] << Integer.SIZE | i)
            .sorted()
            .toArray();
    return Optional.of(Arrays.stream(keys).mapToInt(key -> (int) key).toArray());
  }

  private boolean follows(int index) {
    return positions[index - 1] <= positions[index];
  }

  /** Texts in UTF-8, one after the other. */
  private static final class PackedTexts implements IntFunction<String> {
    private static final long USUAL_LENGTH = 32;
    private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

    private final byte[] bytes;
    private final int[] ends;

    private PackedTexts(byte[] bytes, int[] ends) {
      this.bytes = bytes;
      this.ends = ends;
    }

    static PackedTexts of(int size, IntFunction<String> text) {
      byte[] bytes = new byte[(int) Math.min(MOST_BYTES, USUAL_LENGTH * size)];
      int[] ends = new int[size];
      int end = 0;
      for (int i = 0; i < size; i++) {
        byte[] encoded = text.apply(i).getBytes(StandardCharsets.UTF_8);
        if (encoded.length > bytes.length - end) {
          long wanted = bytes.length + bytes.length / 2L + encoded.length;
          bytes = Arrays.copyOf(bytes, (int) Math.min(MOST_BYTES, wanted));
        }
        System.arraycopy(encoded, 0, bytes, end, encoded.length);
        end += encoded.length;
        ends[i] = end;
      }
      return new PackedTexts(Arrays.copyOf(bytes, end), ends);
    }

    @Override
    public String apply(int index) {
      int start = index == 0 ? 0 : ends[index - 1];
      return new String(bytes, start, ends[index] - start, StandardCharsets.UTF_8);
    }
  }
}
