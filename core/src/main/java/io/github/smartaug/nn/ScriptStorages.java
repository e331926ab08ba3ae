package io.github.smartaug.nn;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The storages that a pickle of a TorchScript file names, and the bytes that each must have.
 * libtorch reads beyond the end of a storage that has fewer.
 *
 * <p>A storage is a persistent id of five values: {@code ("storage", type, key, device, number of
 * elements)}. The pickle is gone through without making any of its objects.
 */
final class ScriptStorages {
  private static final int PARTS = 5;
  private static final Object OTHER = new Object();
  private static final Map<String, Integer> ELEMENT_BYTES =
      Map.ofEntries(
          Map.entry("DoubleStorage", 8),
          Map.entry("FloatStorage", 4),
          Map.entry("HalfStorage", 2),
          Map.entry("BFloat16Storage", 2),
          Map.entry("LongStorage", 8),
          Map.entry("IntStorage", 4),
          Map.entry("ShortStorage", 2),
          Map.entry("ComplexDoubleStorage", 16),
          Map.entry("ComplexFloatStorage", 8),
          Map.entry("QInt32Storage", 4));

  private final DataInputStream in;
  private final Map<String, Long> bytes = new HashMap<>();
  private final Map<Integer, Object> memo = new HashMap<>();
  private List<Object> sinceMark = new ArrayList<>();
  private Object last = OTHER;

  private ScriptStorages(byte[] pickle) {
    in = new DataInputStream(new ByteArrayInputStream(pickle));
  }

  /**
   * Goes through a pickle.
   *
   * @return the bytes that each storage must have at least, by its key
   * @throws IOException if the pickle is damaged
   */
  static Map<String, Long> in(byte[] pickle) throws IOException {
    ScriptStorages storages = new ScriptStorages(pickle);
    int operation;
    do {
      operation = storages.in.readUnsignedByte();
      storages.follow(operation);
    } while (operation != '.');
    return storages.bytes;
  }

  private void follow(int operation) throws IOException {
    switch (operation) {
      case 0x80 -> in.skipNBytes(1);
      case '(' -> sinceMark = new ArrayList<>();
      case 't' -> last = List.copyOf(sinceMark);
      case 'Q' -> storage();
      case 'q' -> memo.put(in.readUnsignedByte(), last);
      case 'r' -> memo.put(littleEndian(4), last);
      case 'h' -> push(memo.getOrDefault(in.readUnsignedByte(), OTHER));
      case 'j' -> push(memo.getOrDefault(littleEndian(4), OTHER));
      case 'K' -> push((long) in.readUnsignedByte());
      case 'M' -> push((long) littleEndian(2));
      case 'J' -> push((long) littleEndian(4));
      case 0x8a -> push(longNumber(in.readUnsignedByte()));
      case 'X' -> push(text(littleEndian(4)));
      case 'c' -> {
        line();
        push(line());
      }
      case 'G' -> {
        in.skipNBytes(8);
        push(OTHER);
      }
      // Those without an argument: they make, fill or call something that is no part of an id.
      case '.',
          'N',
          ')',
          ']',
          '}',
          'R',
          'b',
          'e',
          'a',
          'u',
          's',
          'd',
          'l',
          '0',
          0x81,
          0x85,
          0x86,
          0x87,
          0x88,
          0x89 ->
          push(OTHER);
      default -> throw new IOException("unknown operation " + operation + " in the pickle");
    }
  }

  private void push(Object value) {
    last = value;
    sinceMark.add(value);
  }

  private void storage() throws IOException {
    if (!(last instanceof List<?> parts)
        || parts.size() != PARTS
        || !(parts.get(1) instanceof String type)
        || !(parts.get(2) instanceof String key)
        || !(parts.get(PARTS - 1) instanceof Long elements)
        || elements < 0) {
      throw new IOException("a storage without key and size in the pickle");
    }
    try {
      long needed = Math.multiplyExact(elements, (long) ELEMENT_BYTES.getOrDefault(type, 1));
      bytes.merge(key, needed, Math::max);
    } catch (ArithmeticException e) {
      throw new IOException("a storage of " + elements + " elements in the pickle", e);
    }
    sinceMark = new ArrayList<>();
    push(OTHER);
  }

  private int littleEndian(int size) throws IOException {
    return (int) longNumber(size);
  }

  private long longNumber(int size) throws IOException {
    if (size > Long.BYTES) {
      throw new IOException("a number of " + size + " bytes in the pickle");
    }
    long number = 0;
    int highest = 0;
    for (int i = 0; i < size; i++) {
      highest = in.readUnsignedByte();
      number |= (long) highest << (8 * i);
    }
    boolean negative = size > 2 && size < Long.BYTES && highest >= 0x80;
    return negative ? number - (1L << (8 * size)) : number;
  }

  private String text(int size) throws IOException {
    if (size < 0 || size > in.available()) {
      throw new IOException("cut off in the pickle");
    }
    return new String(in.readNBytes(size), StandardCharsets.UTF_8);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
      line.append((char) c);
    }
    return line.toString();
  }
}
