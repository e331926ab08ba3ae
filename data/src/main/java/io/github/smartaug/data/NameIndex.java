package io.github.smartaug.data;

import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Finds images by name, with eight bytes an image: hash codes in order, each with its image below.
 */
final class NameIndex {
  /** Of a name that nothing has. */
  static final int NONE = -1;

  /** Of a name that several images have. */
  static final int SEVERAL = -2;

  private final IntFunction<String> names;
  private final long[] keys;

  NameIndex(int size, IntFunction<String> names) {
    this.names = names;
    this.keys =
        IntStream.range(0, size).mapToLong(i -> first(names.apply(i)) | i).sorted().toArray();
  }

  private static long first(String name) {
    return (long) name.hashCode() << Integer.SIZE;
  }

  /** The image of that name, {@link #NONE} or {@link #SEVERAL}. */
  int find(String name) {
    long first = first(name);
    int start = Arrays.binarySearch(keys, first);
    int found = NONE;
    for (int i = start < 0 ? -start - 1 : start; i < keys.length && sameHash(keys[i], first); i++) {
      int image = (int) keys[i];
      if (names.apply(image).equals(name)) {
        if (found != NONE) {
          return SEVERAL;
        }
        found = image;
      }
    }
    return found;
  }

  private static boolean sameHash(long key, long first) {
    return key >> Integer.SIZE == first >> Integer.SIZE;
  }
}
