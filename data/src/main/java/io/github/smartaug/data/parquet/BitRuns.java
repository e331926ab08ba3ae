package io.github.smartaug.data.parquet;

import java.nio.ByteBuffer;

/**
 * Small numbers as Parquet packs levels and places in a dictionary: runs of one number, and groups
 * of eight numbers of a fixed width in bits.
 */
final class BitRuns {
  private static final int GROUP = 8;
  private static final int WIDEST = 32;

  private final ByteBuffer packed;
  private final int width;
  private long left;
  private boolean repeated;
  private int value;
  private long bits;
  private int available;

  /**
   * Numbers from the buffer's position on.
   *
   * @param packed in little-endian order
   * @param width of a number in bits
   */
  BitRuns(ByteBuffer packed, int width) {
    if (width < 0 || width > WIDEST) {
      throw Thrift.damaged("numbers of " + width + " bits");
    }
    this.packed = packed;
    this.width = width;
  }

  /**
   * The next number.
   *
   * @throws java.nio.BufferUnderflowException if there is none
   */
  int next() {
    if (width == 0) {
      return 0;
    }
    while (left == 0) {
      beginRun();
    }
    left--;
    return repeated ? value : unpacked();
  }

  private void beginRun() {
    long header = varint();
    repeated = (header & 1) == 0;
    left = repeated ? header >>> 1 : (header >>> 1) * GROUP;
    available = 0;
    bits = 0;
    if (repeated) {
      value = 0;
      for (int shift = 0; shift < width; shift += Byte.SIZE) {
        value |= Byte.toUnsignedInt(packed.get()) << shift;
      }
    }
  }

  private long varint() {
    long number = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      int next = packed.get();
      number |= (long) (next & 0x7f) << shift;
      if (next >= 0) {
        return number;
      }
    }
    throw Thrift.damaged("a run of more than 64 bits");
  }

  private int unpacked() {
    while (available < width) {
      bits |= Byte.toUnsignedLong(packed.get()) << available;
      available += Byte.SIZE;
    }
    int number = (int) (bits & (1L << width) - 1);
    bits >>>= width;
    available -= width;
    return number;
  }
}
