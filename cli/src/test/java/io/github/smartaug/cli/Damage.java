package io.github.smartaug.cli;

import io.github.smartaug.random.RandomStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** Damaged copies of a file, the same ones each time. */
final class Damage {
  private static final int HEADER = 64;
  private static final int[] FIELDS = {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 1 << 24};

  private final byte[] file;
  private final RandomStream random;
  private final Map<String, byte[]> copies = new LinkedHashMap<>();

  private Damage(byte[] file, long seed) {
    this.file = file;
    this.random = RandomStream.seeded(seed);
  }

  /** Each kind of damage several times, by what it is. */
  static Map<String, byte[]> of(byte[] file, long seed) {
    Damage damage = new Damage(file, seed);
    damage.lengths();
    damage.contents();
    for (int i = 0; i < 6; i++) {
      damage.bytesReplaced(HEADER);
      damage.bytesReplaced(file.length);
      damage.fieldReplaced(FIELDS[i], ByteOrder.BIG_ENDIAN);
      damage.fieldReplaced(FIELDS[i], ByteOrder.LITTLE_ENDIAN);
    }
    return damage.copies;
  }

  private void lengths() {
    copies.put("empty", new byte[0]);
    for (int length : new int[] {1, 8, file.length / 2, file.length - 1}) {
      copies.put("cut to " + length, Arrays.copyOf(file, Math.min(length, file.length)));
    }
    for (int i = 0; i < 3; i++) {
      int length = random.nextInt(file.length);
      copies.put("cut to " + length, Arrays.copyOf(file, length));
    }
    copies.put("longer by zeros", Arrays.copyOf(file, file.length + 100));
    copies.put("twice", ByteBuffer.allocate(2 * file.length).put(file).put(file).array());
  }

  private void contents() {
    copies.put("zeros", new byte[file.length]);
    byte[] ones = new byte[file.length];
    Arrays.fill(ones, (byte) -1);
    copies.put("ones", ones);
    byte[] zeroed = file.clone();
    Arrays.fill(zeroed, file.length / 3, 2 * file.length / 3, (byte) 0);
    copies.put("zeros in the middle", zeroed);
    byte[] shifted = new byte[file.length + 1];
    System.arraycopy(file, 0, shifted, 1, file.length);
    copies.put("a zero in front", shifted);
  }

  private void bytesReplaced(int among) {
    byte[] copy = file.clone();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      copy[random.nextInt(Math.min(among, file.length))] = (byte) random.nextInt(256);
    }
    copies.put("bytes replaced, number " + copies.size(), copy);
  }

  private void fieldReplaced(int value, ByteOrder order) {
    byte[] copy = file.clone();
    int at = random.nextInt(Math.max(1, Math.min(HEADER, file.length) - 4));
    if (file.length >= 4) {
      ByteBuffer.wrap(copy).order(order).putInt(at, value);
    }
    copies.put(value + " at " + at + ", " + order, copy);
  }
}
